import type { KubernetesObject, PartialObjectMetadata } from '../protocol/objects/kubernetes-object.ts';
import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';
import { httpClientFor } from './connection/http-client-for.ts';
import { type ListWatchOptions, listWatchOver } from './list-watch-over.ts';
import type { RestConfig } from './config/rest-config.ts';
import { restHttpClient } from './rest-http-client.ts';
import type { ServerConnection } from './config/server-connection.ts';

/**
 * Lists and watches a resource of a server: `version/plural` for the core group, `group/version/plural` for the others.
 * A type argument types the objects. Sends nothing before a list or watch is subscribed to.
 *
 * ```ts
 * const config = { server: 'https://10.0.0.1:6443', tokenFile: '/token', caFile: '/ca.crt' };
 * const listerWatcher = listWatch<V1Pod>(config, 'v1/pods', { namespace: 'default' });
 * sharedInformer(listerWatcher).snapshot$.subscribe((snapshot) => render(snapshot.list()));
 * ```
 *
 * @throws RestConfigError for an invalid config, ResourceSyntaxError for a text that names no resource,
 * NamespaceSyntaxError for an invalid namespace, TypeError for both `http` and `connection`, a selector that is no text
 * or an unknown option, RangeError for a deadline or limit out of range.
 */
export function listWatch(
  config: RestConfig | ServerConnection,
  resource: string,
  options: ListWatchOptions & { readonly metadataOnly: true },
): AwaitableListerWatcher<PartialObjectMetadata>;
export function listWatch<T = KubernetesObject>(
  config: RestConfig | ServerConnection,
  resource: string,
  options?: ListWatchOptions,
): AwaitableListerWatcher<Raw<T>>;
export function listWatch(
  config: RestConfig | ServerConnection,
  resource: string,
  options: ListWatchOptions = {},
): AwaitableListerWatcher<KubernetesObject> {
  const make = (deadlines?: ConnectionOptions) => restHttpClient(config, deadlines);
  return listWatchOver(httpClientFor(options, make), resource, options);
}
