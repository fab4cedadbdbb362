import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { listWatchOver } from '../transport/list-watch-over.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import type { ObjectOf } from '../protocol/resource-types.ts';
import type { AnyKubeConfig } from './connection-of.ts';
import { kubeHttpClient } from './kube-http-client.ts';

/** A client of one API group and version: the part of client-go's `rest.Interface` that a cache needs. */
export interface RestClient<ApiVersion extends string = string> {
  /** `v1`, `apps/v1`. */
  readonly apiVersion: ApiVersion;
  readonly http: HttpClient;
}

/**
 * A client for an API group and version of the cluster of a kubeconfig's current context.
 *
 * ```ts
 * const core = restClient(kubeConfig, 'v1');
 * ```
 */
export function restClient<ApiVersion extends string>(
  kubeConfig: AnyKubeConfig,
  apiVersion: ApiVersion,
  options?: ConnectionOptions,
): RestClient<ApiVersion> {
  return { apiVersion, http: kubeHttpClient(kubeConfig, options) } satisfies RestClient<ApiVersion>;
}

/**
 * client-go's `NewListWatchFromClient`: lists and watches a resource by its plural name, in one namespace or (empty) in
 * all, narrowed down by a field selector (empty: everything).
 *
 * ```ts
 * const listerWatcher = listWatchFromClient(restClient(kubeConfig, 'v1'), 'pods', 'default', '');
 * ```
 *
 * @throws ResourceSyntaxError if the client's version and the name make no resource.
 */
export function listWatchFromClient<ApiVersion extends string, Plural extends string>(
  client: RestClient<ApiVersion>,
  resource: Plural,
  namespace = '',
  fieldSelector = '',
): AwaitableListerWatcher<ObjectOf<`${ApiVersion}/${Plural}`>> {
  return listWatchOver(client.http, `${client.apiVersion}/${resource}`, { namespace, fieldSelector }, Date.now);
}
