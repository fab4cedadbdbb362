// Prints how many pods there are, and what happens to each:
// npx node --conditions=kuberx-source examples/pod-reflector.ts
import { KubeConfig } from '@kubernetes/client-node';
import { reflector, Store } from 'kuberx';
import { listWatch, type ObjectOf } from 'kuberx/client-node';

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();

const pods = new Store<ObjectOf<'v1/pods'>>();
const listerWatcher = listWatch(kubeConfig, 'v1/pods', { namespace: 'default' }); // typed by the string
reflector(listerWatcher, { intern: pods.intern }).subscribe(pods);

pods.snapshot$.subscribe((snapshot) => console.log(`${snapshot.size} pods at version ${snapshot.resourceVersion}`));
pods.commits$.subscribe(({ events }) => events.forEach((event) => console.log(event.type, event.object.metadata.name)));
