import { ResourceInformerFactory } from '../informer/many/resource-informer-factory.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';
import { httpClientFor } from './connection/http-client-for.ts';
import type { InformerFactoryOptions } from './informer-factory-options.ts';
import type { ListWatchOptions } from './list-watch-options.ts';

/**
 * The factory of a server that `listWatch` lists and watches, and `client` makes a client of, with given deadlines. All informers
 * share one client. Throws what `client` throws, and a TypeError where both `http` and `connection` are given.
 */
export function informerFactoryOver(
  {
    connection,
    http,
    maxFrameBytes,
    maxItemBytes,
    onWarning,
    exactIntegers,
    ...informerOptions
  }: InformerFactoryOptions,
  client: (deadlines?: ConnectionOptions) => HttpClient,
  listWatch: (resource: string, options: ListWatchOptions) => ListerWatcher<KubernetesObject>,
): ResourceInformerFactory {
  const shared = {
    http: httpClientFor({ http, connection }, client),
    maxFrameBytes,
    maxItemBytes,
    onWarning,
    exactIntegers,
  } satisfies ListWatchOptions;
  return new ResourceInformerFactory(
    (resource, selection) => listWatch(resource, { ...selection, ...shared }),
    informerOptions,
  );
}
