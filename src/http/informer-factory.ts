import { ResourceInformerFactory } from '../informer/many/resource-informer-factory.ts';
import type { FactoryInformerOptions } from '../informer/many/shared-informer-factory.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import type { ReadingOptions } from '../transport/request/reading-options.ts';
import { listWatch } from './list-watch.ts';
import { httpClientOf, type HttpSource } from './http-client-of.ts';

/** Options of {@link informerFactory}: what all of its informers have in common. */
export interface HttpInformerFactoryOptions extends FactoryInformerOptions, ReadingOptions {}

/**
 * A factory of shared informers over an HTTP client: one watch for each resource and selection, however many ask for it.
 * client-go's NewSharedInformerFactory.
 *
 * ```ts
 * const informers = informerFactory(fetchHttpClient({ server: '/k8s' }));
 * const nodes = informers.informer('v1/nodes');
 * ```
 */
export function informerFactory(source: HttpSource, options: HttpInformerFactoryOptions = {}): ResourceInformerFactory {
  const client: { readonly http: HttpClient } = { http: httpClientOf(source) };
  const { maxFrameBytes, maxItemBytes, onWarning, exactIntegers, ...informerOptions } = options;
  const reading: ReadingOptions = { maxFrameBytes, maxItemBytes, onWarning, exactIntegers };
  return new ResourceInformerFactory(
    (resource, selection) => listWatch(client.http, resource, { ...selection, ...reading }),
    informerOptions,
  );
}
