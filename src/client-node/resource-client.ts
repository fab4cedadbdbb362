import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import type { ObjectOf, ResourceString, ResourceTypes } from '../protocol/resource-types.ts';
import type { ResourceClientOptions } from '../rest/resource-client-options.ts';
import { resourceClientOver } from '../transport/resource-client-over.ts';
import type { AnyKubeConfig } from './connection-of.ts';
import { kubeHttpClient } from './kube-http-client.ts';

/**
 * Reads and writes single objects of a resource of the cluster of a kubeconfig's current context, as raw JSON. Typed like
 * `listWatch`.
 *
 * ```ts
 * const configMaps = resourceClient(kubeConfig, 'v1/configmaps');
 * const { data } = await configMaps.get({ name: 'settings', namespace: 'default' });
 * ```
 *
 * @throws ResourceSyntaxError for a text that names no resource.
 */
export function resourceClient<Name extends keyof ResourceTypes>(
  kubeConfig: AnyKubeConfig,
  resource: Name,
  options?: ResourceClientOptions,
): ResourceClient<ObjectOf<Name>>;
export function resourceClient<T = KubernetesObject>(
  kubeConfig: AnyKubeConfig,
  resource: ResourceString,
  options?: ResourceClientOptions,
): ResourceClient<Raw<T>>;
export function resourceClient(
  kubeConfig: AnyKubeConfig,
  resource: string,
  options: ResourceClientOptions = {},
): ResourceClient<KubernetesObject> {
  const { onWarning, exactIntegers, ...connection } = options;
  return resourceClientOver(kubeHttpClient(kubeConfig, connection), resource, { onWarning, exactIntegers }, Date.now);
}
