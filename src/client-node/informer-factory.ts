import type { KubeConfig } from '@kubernetes/client-node';
import type { SharedInformer } from '../informer/shared-informer.ts';
import { type FactoryInformerOptions, SharedInformerFactory } from '../informer/many/shared-informer-factory.ts';
import type { KubernetesObject, PartialObjectMetadata } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { httpClientFor } from '../rest/connection/http-client-for.ts';
import { type ListWatchOptions, selectionOf } from '../rest/list-watch-over.ts';
import type { BuiltInResources } from './built-in-resources.ts';
import { kubeHttpClient } from './kube-http-client.ts';
import { listWatch } from './list-watch.ts';

/** The built-in resources as they come from the server, by the text that names them. */
export type RawResources = { readonly [Name in keyof BuiltInResources]: Raw<BuiltInResources[Name]> };

/** What one informer of a factory is about. */
export type InformerSelection = Pick<
  ListWatchOptions,
  'namespace' | 'labelSelector' | 'fieldSelector' | 'metadataOnly'
>;

/** Options of {@link informerFactory}: how it reaches the server, and what all of its informers have in common. */
export interface InformerFactoryOptions
  extends
    FactoryInformerOptions,
    Pick<ListWatchOptions, 'connection' | 'http' | 'maxFrameBytes' | 'maxItemBytes' | 'onWarning'> {}

/** A {@link SharedInformerFactory} of the cluster of a kubeconfig, typed by the resource. */
export class KubeInformerFactory extends SharedInformerFactory<RawResources, InformerSelection> {
  /**
   * The informer of a resource: the same one for the same resource and selection, where empty means not given. It starts
   * with its first subscriber, or with `start`. Built-in resources are typed by their text, custom ones by a type argument.
   *
   * @throws ResourceSyntaxError where the text names no resource, and what else `listWatch` throws.
   */
  override informer(
    resource: string,
    selection: InformerSelection & { readonly metadataOnly: true },
  ): SharedInformer<PartialObjectMetadata>;
  override informer<Name extends keyof RawResources>(
    resource: Name,
    selection?: InformerSelection,
  ): SharedInformer<RawResources[Name]>;
  override informer<T extends KubernetesObject = KubernetesObject>(
    resource: string,
    selection?: InformerSelection,
  ): SharedInformer<T>;
  override informer(resource: string, selection: InformerSelection = {}): object {
    const isGiven = (value: unknown): boolean => value !== undefined && value !== '' && value !== false;
    const given = Object.entries(selectionOf(selection)).filter(([, value]) => isGiven(value));
    return super.informer(resource, Object.fromEntries(given));
  }
}

/**
 * A factory of shared informers for the cluster of a kubeconfig's current context: one watch for each resource and
 * selection, however many ask for it, over one HTTP client. client-go's NewSharedInformerFactory.
 *
 * Options that differ by resource: `sharedInformerFactory((resource, options) => listWatch(kubeConfig, resource, options), …)`.
 * Throws a RangeError on a deadline out of range, and a TypeError where both `http` and `connection` are given.
 */
export function informerFactory(kubeConfig: KubeConfig, options: InformerFactoryOptions = {}): KubeInformerFactory {
  const { connection, http, maxFrameBytes, maxItemBytes, onWarning, ...informerOptions } = options;
  const make = (deadlines?: ConnectionOptions) => kubeHttpClient(kubeConfig, deadlines);
  const reached = {
    http: httpClientFor({ http, connection }, make),
    maxFrameBytes,
    maxItemBytes,
    onWarning,
  } satisfies ListWatchOptions;
  return new KubeInformerFactory(
    (resource, selection) => listWatch(kubeConfig, resource, { ...selection, ...reached }),
    informerOptions,
  );
}
