import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { KubernetesObject, PartialObjectMetadata } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ObjectOf, ResourceString, ResourceTypes } from '../protocol/resource-types.ts';
import { listWatchOver } from '../transport/list-watch-over.ts';
import type { RestConfig } from './config/rest-config.ts';
import type { ServerConnection } from './config/server-connection.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';
import { httpClientFor, httpOptionNames } from './connection/http-client-for.ts';
import type { ListWatchOptions } from './list-watch-options.ts';
import { restHttpClient } from './rest-http-client.ts';

/**
 * Lists and watches a resource of a server: `version/plural` for the core group,
 * `group/version/plural` for the others. `ResourceTypes` types the objects by that text, or else a
 * type argument does. Sends nothing before a list or watch is subscribed to.
 *
 * ```ts
 * const pods = sharedInformer(listWatch(inClusterConfig(), 'v1/pods', { namespace: 'default' }));
 * ```
 *
 * @throws RestConfigError for an invalid config, ResourceSyntaxError for a text that names no resource, NamespaceSyntaxError for an invalid namespace,
 * TypeError for both `http` and `connection`, a selector that is not a string or an unknown option, RangeError for a deadline or limit out of range.
 */
export function listWatch(
  config: RestConfig | ServerConnection,
  resource: string,
  options: ListWatchOptions & { readonly metadataOnly: true },
): AwaitableListerWatcher<PartialObjectMetadata>;
export function listWatch<Name extends keyof ResourceTypes>(
  config: RestConfig | ServerConnection,
  resource: Name,
  options?: ListWatchOptions,
): AwaitableListerWatcher<ObjectOf<Name>>;
export function listWatch<T = KubernetesObject>(
  config: RestConfig | ServerConnection,
  resource: ResourceString,
  options?: ListWatchOptions,
): AwaitableListerWatcher<Raw<T>>;
export function listWatch(
  config: RestConfig | ServerConnection,
  resource: string,
  options: ListWatchOptions = {},
): AwaitableListerWatcher<KubernetesObject> {
  const make = (deadlines?: ConnectionOptions) => restHttpClient(config, deadlines);
  return listWatchOver(httpClientFor(options, make), resource, options, Date.now, httpOptionNames);
}
