import { ResourceInformerFactory } from '../informer/many/resource-informer-factory.ts';
import type { RestConfig } from './config/rest-config.ts';
import type { ServerConnection } from './config/server-connection.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';
import { httpClientFor } from './connection/http-client-for.ts';
import type { InformerFactoryOptions } from './informer-factory-options.ts';
import type { ListWatchOptions } from './list-watch-options.ts';
import { listWatch } from './list-watch.ts';
import { restHttpClient } from './rest-http-client.ts';

/**
 * A factory of shared informers for a server: one watch for each resource and selection, however many ask for it, over one
 * HTTP client. client-go's NewSharedInformerFactory. Throws a RestConfigError where the config will not do, a RangeError on
 * a deadline out of range, and a TypeError where both `http` and `connection` are given.
 *
 * ```ts
 * const informers = informerFactory(inClusterConfig());
 * const nodes = informers.informer('v1/nodes');
 * ```
 */
export function informerFactory(
  config: RestConfig | ServerConnection,
  options: InformerFactoryOptions = {},
): ResourceInformerFactory {
  const { connection, http, maxFrameBytes, maxItemBytes, onWarning, ...informerOptions } = options;
  const make = (deadlines?: ConnectionOptions) => restHttpClient(config, deadlines);
  const reached = {
    http: httpClientFor({ http, connection }, make),
    maxFrameBytes,
    maxItemBytes,
    onWarning,
  } satisfies ListWatchOptions;
  return new ResourceInformerFactory(
    (resource, selection) => listWatch(config, resource, { ...selection, ...reached }),
    informerOptions,
  );
}
