import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import { type ResourceClientOptions, resourceClientOver } from './resource-client-over.ts';
import type { RestConfig } from './config/rest-config.ts';
import { restHttpClient } from './rest-http-client.ts';
import type { ServerConnection } from './config/server-connection.ts';

/**
 * Reads and writes single objects of a resource of a server, as raw JSON. Typed as `listWatch` is.
 *
 * @throws RestConfigError where the config will not do, ResourceSyntaxError where the text names no resource, RangeError
 * on a deadline out of range.
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
