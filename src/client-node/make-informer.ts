import type {
  Informer,
  KubeConfig,
  KubernetesObject as ClientNodeObject,
  ListPromise,
  ObjectCache,
} from '@kubernetes/client-node';
import type { SharedInformerOptions } from '../informer/informer-options.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { HttpOptions } from '../rest/connection/http-client-for.ts';
import type { ReadingOptions } from '../transport/request/reading-options.ts';
import { CallbackInformer } from './callback-informer.ts';
import { listWatch } from './list-watch.ts';
import { parseCollectionPath } from './parse-collection-path.ts';

/** Options of {@link makeInformer} that client-node's does not have. */
export interface MakeInformerOptions<T>
  extends
    HttpOptions,
    ReadingOptions,
    Omit<
      SharedInformerOptions<Raw<T>>,
      'gracePeriod' | 'indexers' | 'onIndexError' | 'resyncPeriod' | 'retain' | 'signal'
    > {}

/**
 * Has the signature, methods and events of client-node's `makeInformer`, so that a program changes one import, and the
 * guarantees of {@link sharedInformer}: it never stops by itself, misses nothing, and opens one watch. `docs/client-node.md`
 * has the differences. In short: objects are frozen JSON, in which times are strings whatever `T` says; the list function is
 * not called, because the path and the selectors say what to list; `error` tells of a failure that is being retried.
 *
 * @throws ResourceSyntaxError where the path is not that of a collection; TypeError for a selector that is no text;
 * RangeError for an option out of range.
 */
export function makeInformer<T extends ClientNodeObject>(
  kubeconfig: KubeConfig,
  path: string,
  _listPromiseFn: ListPromise<T>,
  labelSelector?: string,
  fieldSelector?: string,
  { connection, http, maxFrameBytes, maxItemBytes, onWarning, ...informerOptions }: MakeInformerOptions<T> = {},
): Informer<T> & ObjectCache<T> {
  const { resource, ...selection } = parseCollectionPath(path);
  const selectors = {
    ...(labelSelector !== undefined && { labelSelector }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  };
  const reached = { connection, http, maxFrameBytes, maxItemBytes, onWarning } satisfies HttpOptions & ReadingOptions;
  const listerWatcher = listWatch(kubeconfig, resource, { ...selection, ...selectors, ...reached });
  return new CallbackInformer<T>(listerWatcher, informerOptions as SharedInformerOptions<KubernetesObject>);
}
