import type { KubeConfig } from '@kubernetes/client-node';
import { ResourceInformerFactory } from '../informer/many/resource-informer-factory.ts';
import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { httpClientFor } from '../rest/connection/http-client-for.ts';
import type { InformerFactoryOptions } from '../rest/informer-factory-options.ts';
import type { ListWatchOptions } from '../rest/list-watch-options.ts';
import { kubeHttpClient } from './kube-http-client.ts';
import { listWatch } from './list-watch.ts';

/**
 * A factory of shared informers for the cluster of a kubeconfig's current context, over one HTTP client: any number of
 * users of a resource and selection share one watch. client-go's NewSharedInformerFactory. For options that differ by
 * resource use `sharedInformerFactory((resource, options) => listWatch(kubeConfig, resource, options), …)`.
 *
 * Options that differ by resource: `sharedInformerFactory((resource, options) => listWatch(kubeConfig, resource, options), …)`.
 * Throws a RangeError on a deadline out of range, and a TypeError where both `http` and `connection` are given.
 *
 * ```ts
 * const informers = informerFactory(kubeConfig, { transform: dropManagedFields });
 * const web = informers.informer('v1/pods', { namespace: 'default', labelSelector: 'app=web' });
 * ```
 */
export function informerFactory(kubeConfig: KubeConfig, options: InformerFactoryOptions = {}): ResourceInformerFactory {
  const { connection, http, maxFrameBytes, maxItemBytes, onWarning, ...informerOptions } = options;
  const make = (deadlines?: ConnectionOptions) => kubeHttpClient(kubeConfig, deadlines);
  const reached = {
    http: httpClientFor({ http, connection }, make),
    maxFrameBytes,
    maxItemBytes,
    onWarning,
  } satisfies ListWatchOptions;
  return new ResourceInformerFactory(
    (resource, selection) => listWatch(kubeConfig, resource, { ...selection, ...reached }),
    informerOptions,
  );
}
