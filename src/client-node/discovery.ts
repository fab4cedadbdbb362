import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { httpClientFor } from '../rest/connection/http-client-for.ts';
import type { DiscoveryOptions } from '../rest/discovery-options.ts';
import { type Discovery, discoveryOver } from '../transport/discovery/discovery-over.ts';
import type { AnyKubeConfig } from './connection-of.ts';
import { kubeHttpClient } from './kube-http-client.ts';

/**
 * What the cluster of a kubeconfig's current context serves: the resource behind a name as kubectl takes it, or behind the
 * kind of an object, with its scope, verbs, short names and categories. Sends nothing before it is asked, and asks the
 * server once for any number of questions.
 *
 * ```ts
 * const apis = discovery(kubeConfig);
 * const { name, namespaced } = await apis.resource('deploy');
 * ```
 *
 * @throws TypeError for both `http` and `connection`, RangeError for a deadline out of range.
 */
export function discovery(kubeConfig: AnyKubeConfig, options: DiscoveryOptions = {}): Discovery {
  const make = (deadlines?: ConnectionOptions) => kubeHttpClient(kubeConfig, deadlines);
  return discoveryOver(httpClientFor(options, make), options, Date.now);
}
