import type { ResourceInformerFactory } from '../informer/many/resource-informer-factory.ts';
import type { InformerFactoryOptions } from '../rest/informer-factory-options.ts';
import { informerFactoryOver } from '../rest/informer-factory-over.ts';
import type { AnyKubeConfig } from './connection-of.ts';
import { kubeHttpClient } from './kube-http-client.ts';
import { listWatch } from './list-watch.ts';

/**
 * A factory of shared informers for the cluster of a kubeconfig's current context, over one HTTP client: any number of
 * users of a resource and selection share one watch. client-go's NewSharedInformerFactory.
 *
 * For options that differ by resource use `sharedInformerFactory((resource, options) => listWatch(kubeConfig, resource, options), …)`.
 * Throws a RangeError on a deadline out of range, and a TypeError where both `http` and `connection` are given.
 *
 * ```ts
 * const informers = informerFactory(kubeConfig, { transform: dropManagedFields });
 * const web = informers.informer('v1/pods', { namespace: 'default', labelSelector: 'app=web' });
 * ```
 */
export function informerFactory(
  kubeConfig: AnyKubeConfig,
  options: InformerFactoryOptions = {},
): ResourceInformerFactory {
  return informerFactoryOver(
    options,
    (deadlines) => kubeHttpClient(kubeConfig, deadlines),
    (resource, each) => listWatch(kubeConfig, resource, each),
  );
}
