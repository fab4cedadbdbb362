import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { KubernetesObject, PartialObjectMetadata } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ObjectOf, ResourceString, ResourceTypes } from '../protocol/resource-types.ts';
import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { httpClientFor, httpOptionNames } from '../rest/connection/http-client-for.ts';
import type { ListWatchOptions } from '../rest/list-watch-options.ts';
import { listWatchOver } from '../transport/list-watch-over.ts';
import type { AnyKubeConfig } from './connection-of.ts';
import { kubeHttpClient } from './kube-http-client.ts';

/**
 * Lists and watches a resource of the cluster of a kubeconfig's current context: `version/plural` for the core group,
 * `group/version/plural` for the others. `ResourceTypes` types the objects by that text, or else a
 * type argument does. This entry adds the built-in resources to `ResourceTypes`. Sends nothing before a list or watch is
 * subscribed to.
 *
 * ```ts
 * const web = sharedInformer(listWatch(kubeConfig, 'v1/pods', { namespace: 'default', labelSelector: 'app=web' }));
 * ```
 *
 * @throws ResourceSyntaxError for a text that names no resource, NamespaceSyntaxError for an invalid namespace,
 * TypeError for both `http` and `connection`, a selector that is not a string or an unknown option, RangeError for a deadline or limit out of range.
 */
export function listWatch(
  kubeConfig: AnyKubeConfig,
  resource: string,
  options: ListWatchOptions & { readonly metadataOnly: true },
): AwaitableListerWatcher<PartialObjectMetadata>;
export function listWatch<Name extends keyof ResourceTypes>(
  kubeConfig: AnyKubeConfig,
  resource: Name,
  options?: ListWatchOptions,
): AwaitableListerWatcher<ObjectOf<Name>>;
export function listWatch<T = KubernetesObject>(
  kubeConfig: AnyKubeConfig,
  resource: ResourceString,
  options?: ListWatchOptions,
): AwaitableListerWatcher<Raw<T>>;
export function listWatch(
  kubeConfig: AnyKubeConfig,
  resource: string,
  options: ListWatchOptions = {},
): AwaitableListerWatcher<KubernetesObject> {
  const make = (deadlines?: ConnectionOptions) => kubeHttpClient(kubeConfig, deadlines);
  return listWatchOver(httpClientFor(options, make), resource, options, Date.now, httpOptionNames);
}
