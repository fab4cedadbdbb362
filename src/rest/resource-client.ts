import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import type { ObjectOf, ResourceString, ResourceTypes } from '../protocol/resource-types.ts';
import { resourceClientOver } from '../transport/resource-client-over.ts';
import type { RestConfig } from './config/rest-config.ts';
import type { ServerConnection } from './config/server-connection.ts';
import type { ResourceClientOptions } from './resource-client-options.ts';
import { restHttpClient } from './rest-http-client.ts';

/**
 * Reads and writes single objects of a resource of a server, as raw JSON. Typed like `listWatch`.
 *
 * ```ts
 * const leases = resourceClient(inClusterConfig(), 'coordination.k8s.io/v1/leases');
 * const lease = await leases.get({ name: 'leader', namespace: 'default' });
 * ```
 *
 * @throws RestConfigError for an invalid config, ResourceSyntaxError for a text that names no resource, RangeError
 * for a deadline out of range.
 */
export function resourceClient<Name extends keyof ResourceTypes>(
  config: RestConfig | ServerConnection,
  resource: Name,
  options?: ResourceClientOptions,
): ResourceClient<ObjectOf<Name>>;
export function resourceClient<T = KubernetesObject>(
  config: RestConfig | ServerConnection,
  resource: ResourceString,
  options?: ResourceClientOptions,
): ResourceClient<Raw<T>>;
export function resourceClient(
  config: RestConfig | ServerConnection,
  resource: string,
  options: ResourceClientOptions = {},
): ResourceClient<KubernetesObject> {
  const { onWarning, exactIntegers, ...connection } = options;
  return resourceClientOver(restHttpClient(config, connection), resource, { onWarning, exactIntegers }, Date.now);
}
