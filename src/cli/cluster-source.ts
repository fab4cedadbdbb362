import { NEVER } from 'rxjs';
import { listWatch } from '../client-node/index.ts';
import type { ClusterArguments, Selection } from './arguments.ts';
import { kubeConfigOf } from './kube-config.ts';
import { printable } from './printable.ts';
import type { Source } from './source.ts';

/** A resource of the cluster that a kubeconfig names. Throws a `StartError` where the kubeconfig will not do. */
export function clusterSource(cluster: ClusterArguments): Source {
  const { resource } = cluster;
  const kubeConfig = kubeConfigOf(cluster);
  const listerWatcher = listWatch(kubeConfig, resource, selection(cluster));
  return {
    listerWatcher,
    title: [listerWatcher.resource, printable(kubeConfig.getCurrentContext())].join(' · '),
    nodes: resource === 'v1/pods',
    activity$: NEVER,
    close: () => Promise.resolve(),
  };
}

/** The part of the arguments that selects objects. */
export function selection({ namespace, labelSelector, fieldSelector }: Selection): Selection {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  };
}
