import type { ResourceInformerFactory } from '../informer/many/resource-informer-factory.ts';
import type { RestConfig } from './config/rest-config.ts';
import type { ServerConnection } from './config/server-connection.ts';
import type { InformerFactoryOptions } from './informer-factory-options.ts';
import { informerFactoryOver } from './informer-factory-over.ts';
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
  return informerFactoryOver(
    options,
    (deadlines) => restHttpClient(config, deadlines),
    (resource, each) => listWatch(config, resource, each),
  );
}
