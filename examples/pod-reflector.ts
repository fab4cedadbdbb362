// Prints how many pods there are, and what happens to each:
// npx node --conditions=kuberx-source examples/pod-reflector.ts
import { KubeConfig } from '@kubernetes/client-node';
import { type ObjectOf, printable, reflector, store } from 'kuberx';
import { listWatch } from 'kuberx/client-node';

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();

const pods = store<ObjectOf<'v1/pods'>>();
const listerWatcher = listWatch(kubeConfig, 'v1/pods', { namespace: 'default' }); // typed by the string
reflector(listerWatcher, { admit: pods.admit }).subscribe(pods);

pods.snapshot$.subscribe(({ size, resourceVersion = '' }) =>
  console.log(`${size} pods at version ${printable(resourceVersion)}`),
);
pods.commits$.subscribe(({ events }) =>
  events.forEach((event) => console.log(event.type, printable(event.object.metadata.name))),
);
