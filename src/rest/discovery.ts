import { type Discovery, discoveryOver } from '../transport/discovery/discovery-over.ts';
import type { RestConfig } from './config/rest-config.ts';
import type { ServerConnection } from './config/server-connection.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';
import { httpClientFor } from './connection/http-client-for.ts';
import type { DiscoveryOptions } from './discovery-options.ts';
import { restHttpClient } from './rest-http-client.ts';

/**
 * What a server serves: the resource behind a name as kubectl takes it, or behind the kind of an object, with its scope,
 * verbs, short names and categories. Sends nothing before it is asked, and asks the server once for any number of questions.
 *
 * ```ts
 * const apis = discovery(inClusterConfig());
 * const { name, namespaced } = await apis.resource('deploy');
 * ```
 *
 * @throws RestConfigError for an invalid config, TypeError for both `http` and `connection`, RangeError for a deadline out of
 * range.
 */
export function discovery(config: RestConfig | ServerConnection, options: DiscoveryOptions = {}): Discovery {
  const make = (deadlines?: ConnectionOptions) => restHttpClient(config, deadlines);
  return discoveryOver(httpClientFor(options, make), options, Date.now);
}
