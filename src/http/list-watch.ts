import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { KubernetesObject, PartialObjectMetadata } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ObjectOf, ResourceString, ResourceTypes } from '../protocol/resource-types.ts';
import { listWatchOver, type ListWatchSelection } from '../transport/list-watch-over.ts';
import { httpClientOf, type HttpSource } from './http-client-of.ts';

/**
 * Lists and watches a resource through an HTTP client, or by `fetch` from a `{ server, headers }`, as a browser does: `version/plural` for the core group,
 * `group/version/plural` for the others. `ResourceTypes` types the objects by that text, or else a
 * type argument does. Sends nothing before a list or watch is subscribed to.
 *
 * ```ts
 * const pods = sharedInformer(listWatch(fetchHttpClient({ server: '/k8s' }), 'v1/pods', { namespace: 'default' }));
 * ```
 *
 * @throws ResourceSyntaxError for a text that names no resource, NamespaceSyntaxError for an invalid namespace,
 * TypeError for a selector that is not a string or an unknown option, RangeError for a limit out of range.
 */
export function listWatch(
  http: HttpSource,
  resource: string,
  options: ListWatchSelection & { readonly metadataOnly: true },
): AwaitableListerWatcher<PartialObjectMetadata>;
export function listWatch<Name extends keyof ResourceTypes>(
  http: HttpSource,
  resource: Name,
  options?: ListWatchSelection,
): AwaitableListerWatcher<ObjectOf<Name>>;
export function listWatch<T = KubernetesObject>(
  http: HttpSource,
  resource: ResourceString,
  options?: ListWatchSelection,
): AwaitableListerWatcher<Raw<T>>;
export function listWatch(
  http: HttpSource,
  resource: string,
  options: ListWatchSelection = {},
): AwaitableListerWatcher<KubernetesObject> {
  return listWatchOver(httpClientOf(http), resource, options, Date.now);
}
