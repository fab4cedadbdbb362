// Prints how many pods there are, as the service account of the pod that it runs in, or of a directory:
// npx node --conditions=kuberx-source examples/in-cluster-informer.ts
import type { V1Pod } from '@kubernetes/client-node'; // a type alone loads nothing
import { sharedInformer } from 'kuberx';
import { inClusterConfig, listWatch } from 'kuberx/rest';

// Unset in a pod: then it is the directory of every pod.
const config = inClusterConfig({ directory: process.env['SERVICE_ACCOUNT'] });
const pods = sharedInformer(listWatch<V1Pod>(config, 'v1/pods', { namespace: 'default' }));

const counts = pods.snapshot$.subscribe(({ size }) => console.log(`${size} pods`));
const states = pods.status$.subscribe(({ phase, attempt, lastError }) =>
  console.log(phase, attempt > 0 ? lastError?.message : ''),
);

// As the first process of a container it gets no default action; without subscriptions, nothing keeps it alive.
process.once('SIGTERM', () => {
  counts.unsubscribe();
  states.unsubscribe();
  console.log('unsubscribed');
});
