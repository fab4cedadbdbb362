import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import type { ObjectOf, ResourceString, ResourceTypes } from '../protocol/resource-types.ts';
import type { AnswerOptions } from '../transport/request/reading-options.ts';
import { resourceClientOver } from '../transport/resource-client-over.ts';
import { httpClientOf, type HttpSource } from './http-client-of.ts';

/**
 * Reads and writes single objects of a resource through an HTTP client, as raw JSON. Typed like `listWatch`.
 *
 * ```ts
 * const configMaps = resourceClient(fetchHttpClient({ server: '/k8s' }), 'v1/configmaps');
 * const { data } = await configMaps.get({ name: 'settings', namespace: 'default' });
 * ```
 *
 * @throws ResourceSyntaxError for a text that names no resource, TypeError for an `onWarning` that is not a function.
 */
export function resourceClient<Name extends keyof ResourceTypes>(
  http: HttpSource,
  resource: Name,
  options?: AnswerOptions,
): ResourceClient<ObjectOf<Name>>;
export function resourceClient<T = KubernetesObject>(
  http: HttpSource,
  resource: ResourceString,
  options?: AnswerOptions,
): ResourceClient<Raw<T>>;
export function resourceClient(
  http: HttpSource,
  resource: string,
  options: AnswerOptions = {},
): ResourceClient<KubernetesObject> {
  return resourceClientOver(httpClientOf(http), resource, options, Date.now);
}
