import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import { type ResourceClientOptions, resourceClientOver } from './resource-client-over.ts';
import type { RestConfig } from './config/rest-config.ts';
import { restHttpClient } from './rest-http-client.ts';
import type { ServerConnection } from './config/server-connection.ts';

/**
 * Reads and writes single objects of a resource of a server, as raw JSON. Typed like `listWatch`.
 *
 * ```ts
 * const configMaps = resourceClient<V1ConfigMap>(inClusterConfig(), 'v1/configmaps');
 * const { data } = await configMaps.get({ namespace: 'default', name: 'settings' });
 * ```
 *
 * @throws RestConfigError for an invalid config, ResourceSyntaxError for a text that names no resource, RangeError for
 * a deadline out of range.
 */
export function resourceClient<T = KubernetesObject>(
  config: RestConfig | ServerConnection,
  resource: string,
  options?: ResourceClientOptions,
): ResourceClient<Raw<T>>;
export function resourceClient(
  config: RestConfig | ServerConnection,
  resource: string,
  options?: ResourceClientOptions,
): ResourceClient<KubernetesObject> {
  return resourceClientOver((connection) => restHttpClient(config, connection), resource, options);
}
