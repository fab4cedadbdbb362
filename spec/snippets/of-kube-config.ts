import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { type Raw, sharedInformer, type SharedInformer } from 'kuberx';
import { listWatch } from 'kuberx/client-node';

/** What the snippets of the guide speak of: the default kubeconfig, and all pods of its cluster. */
export function ofKubeConfig(): { readonly kubeConfig: KubeConfig; readonly pods: SharedInformer<Raw<V1Pod>> } {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromDefault();
  return { kubeConfig, pods: sharedInformer(listWatch(kubeConfig, 'v1/pods')) };
}
