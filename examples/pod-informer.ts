// Prints how many pods there are, and what happens to each:
// npx node --conditions=kuberx-source examples/pod-informer.ts
import { printable, sharedInformer } from 'kuberx';
import { listWatch } from 'kuberx/client-node'; // the types of the built-in resources
import { loadKubeConfig } from 'kuberx/kubeconfig';

const kubeConfig = loadKubeConfig(); // by kubectl's rules; a KubeConfig of client-node is taken as well

const listerWatcher = listWatch(kubeConfig, 'v1/pods', { namespace: 'default' }); // typed by the string
const pods = sharedInformer(listerWatcher, { indexers: { node: (pod) => [pod.spec?.nodeName ?? ''] } });

pods.snapshot$.subscribe((snapshot) =>
  console.log(`${snapshot.size} pods, ${snapshot.byIndex('node', '').length} on no node`),
);
pods.events$.subscribe((event) => console.log(event.type, printable(event.object.metadata.name)));
pods.status$.subscribe(({ phase, stale, attempt, lastError }) =>
  console.log(phase, stale ? '(stale)' : '', attempt > 0 ? lastError?.message : ''),
);
