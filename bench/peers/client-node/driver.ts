/** @kubernetes/client-node: `makeInformer` of all pods, as its documentation has it. */
import { CoreV1Api, KubeConfig, makeInformer, type V1Pod } from '@kubernetes/client-node';
import { serve } from '../../side-by-side/line-protocol.ts';

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();
const api = kubeConfig.makeApiClient(CoreV1Api);

serve(({ synced, changed }) => {
  const informer = makeInformer<V1Pod>(kubeConfig, '/api/v1/pods', () => api.listPodForAllNamespaces());
  informer.on('update', (pod) => changed({ metadata: pod.metadata ?? {} }));
  informer.on('error', (error) => {
    throw error as Error;
  });
  // It resolves once the watch is open, and the state is held by then.
  void informer.start().then(() => synced(informer.list().length));
});
