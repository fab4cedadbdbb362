import { type Discovery, discoveryOver, type HttpDiscoveryOptions } from '../transport/discovery/discovery-over.ts';
import { httpClientOf, type HttpSource } from './http-client-of.ts';

/**
 * What a server serves, by an HTTP client: the resource behind a name as kubectl takes it, or behind the kind of an object,
 * with its scope, verbs, short names and categories. Sends nothing before it is asked, and asks the server once for any
 * number of questions.
 *
 * ```ts
 * const apis = discovery(fetchHttpClient({ server: '/k8s' }));
 * const { name, namespaced } = await apis.resource('deploy');
 * ```
 */
export function discovery(http: HttpSource, options: HttpDiscoveryOptions = {}): Discovery {
  return discoveryOver(httpClientOf(http), options, Date.now);
}
