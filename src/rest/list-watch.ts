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
 * Objects are typed by a type argument. Nothing is sent before a list or watch is subscribed to.
 *
 * @throws RestConfigError where the config will not do, ResourceSyntaxError where the text names no resource,
 * NamespaceSyntaxError where the namespace can be none, TypeError where both `http` and `connection` are given or a
 * selector is no text or an option is none, RangeError on a deadline or limit out of range.
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
