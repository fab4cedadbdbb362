import type { Informer, KubernetesObject as ClientNodeObject, ListPromise, ObjectCache } from '@kubernetes/client-node';
import type { SharedInformerOptions } from '../informer/informer-options.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { HttpOptions } from '../rest/connection/http-client-for.ts';
import type { ReadingOptions } from '../transport/request/reading-options.ts';
import { CallbackInformer } from './callback-informer.ts';
import type { AnyKubeConfig } from './connection-of.ts';
import { listWatch } from './list-watch.ts';
import { parseCollectionPath } from './parse-collection-path.ts';

/** The options of {@link makeInformer} beyond those of client-node's. */
export interface MakeInformerOptions<T>
  extends
    HttpOptions,
    ReadingOptions,
    Omit<
      SharedInformerOptions<Raw<T>>,
      'gracePeriod' | 'indexers' | 'onIndexError' | 'resyncPeriod' | 'retain' | 'signal'
    > {}

/**
 * An informer with the signature, methods and events of client-node's `makeInformer`, so that a program changes one
 * import, and with the guarantees of {@link sharedInformer}: it never stops by itself, misses no object, and opens one
 * watch. `docs/client-node.md` lists the differences. In short: objects are frozen JSON with times as strings, whatever
 * `T` says; the list function is not called, because the path and the selectors select the objects; `error` reports a
 * failure that is being retried.
 *
 * ```ts
 * const api = kubeConfig.makeApiClient(CoreV1Api);
 * const informer = makeInformer(kubeConfig, '/api/v1/pods', () => api.listPodForAllNamespaces());
 * informer.on('add', (pod) => console.log(pod.metadata?.name));
 * await informer.start();
 * ```
 *
 * @throws ResourceSyntaxError for a path that is not of a collection; TypeError for a selector that is not a string;
 * RangeError for an option out of range.
 */
export function makeInformer<T extends ClientNodeObject>(
  kubeconfig: AnyKubeConfig,
  path: string,
  _listPromiseFn: ListPromise<T>,
  labelSelector?: string,
  fieldSelector?: string,
  {
    connection,
    http,
    maxFrameBytes,
    maxItemBytes,
    onWarning,
    exactIntegers,
    ...informerOptions
  }: MakeInformerOptions<T> = {},
): Informer<T> & ObjectCache<T> {
  const { resource, ...selection } = parseCollectionPath(path);
  const selectors = {
    ...(labelSelector !== undefined && { labelSelector }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  };
  const reading: ReadingOptions = { maxFrameBytes, maxItemBytes, onWarning, exactIntegers };
  const reached = { connection, http, ...reading } satisfies HttpOptions;
  const listerWatcher = listWatch(kubeconfig, resource, { ...selection, ...selectors, ...reached });
  return new CallbackInformer<T>(listerWatcher, informerOptions as SharedInformerOptions<KubernetesObject>);
}
