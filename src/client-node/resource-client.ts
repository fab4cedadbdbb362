import type { KubeConfig } from '@kubernetes/client-node';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import { type ResourceClientOptions, resourceClientOver } from '../rest/resource-client-over.ts';
import type { BuiltInResources } from './built-in-resources.ts';
import { kubeHttpClient } from './kube-http-client.ts';

/**
 * Reads and writes single objects of a resource of the cluster of a kubeconfig's current context, as raw JSON. Typed as
 * `listWatch` is.
 *
 * @throws ResourceSyntaxError where the text names no resource.
 */
export function resourceClient<Name extends keyof BuiltInResources>(
  kubeConfig: KubeConfig,
  resource: Name,
  options?: ResourceClientOptions,
): ResourceClient<Raw<BuiltInResources[Name]>>;
export function resourceClient<T = KubernetesObject>(
  kubeConfig: KubeConfig,
  resource: string,
  options?: ResourceClientOptions,
): ResourceClient<Raw<T>>;
export function resourceClient(
  kubeConfig: KubeConfig,
  resource: string,
  options?: ResourceClientOptions,
): ResourceClient<KubernetesObject> {
  return resourceClientOver((connection) => kubeHttpClient(kubeConfig, connection), resource, options);
}
