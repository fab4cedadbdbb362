import type { KubeError } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Transform } from '../protocol/objects/transform.ts';
import type { ReflectorOptions } from '../reflector/reflector.ts';
import type { StoreOptions } from '../store/store.ts';
import type { HandlerError } from './handlers/handler-error.ts';
import type { TransformError } from './transform-error.ts';

/**
 * How a shared informer is set up: its reflector, its store, and what is its own. Every option has a default; times are in
 * milliseconds.
 *
 * `T` is inferred from `transform` alone: an index function of any object says nothing of the type of those that are stored.
 */
export interface SharedInformerOptions<
  S extends KubernetesObject,
  T extends KubernetesObject = S,
  I extends string = never,
>
  extends Omit<ReflectorOptions<S>, 'admit'>, StoreOptions<NoInfer<T>, I> {
  /**
   * What becomes of each object before it is stored: `dropManagedFields`, a `recipe`, or a function, which may change the
   * object in place. Default: nothing. An object on which it fails is left out, what is stored of it stays, and
   * `onTransformError` hears of it.
   *
   * A function is given a copy, which is its own. Of a pod of 8 kB that takes 30 to 50 µs, where the rest of the way from its
   * text into the store takes 45; what is stored takes no more memory. `dropManagedFields` needs no copy and saves 5 µs, a
   * recipe needs none either (`npm run bench:store`).
   */
  readonly transform?: Transform<S, T> | undefined;
  /**
   * How long it goes on after the last subscriber has left. Default 0: whoever comes then, within a second of its last
   * request, waits for the rest of that second until it is up to date again.
   */
  readonly gracePeriod?: number | undefined;
  /**
   * How long it keeps what it has after it has stopped, to read, and to go on from. Default `Infinity`: for as long as the
   * informer itself is kept. Any other needs a timer, which keeps a process alive.
   */
  readonly retain?: number | undefined;
  /** The resync period of handlers that name none, see `EventsOptions.resyncPeriod`. Default 0: never. */
  readonly resyncPeriod?: number;
  /** Ends it for good when it is aborted, whoever holds it: its streams complete, what it has stays readable. */
  readonly signal?: AbortSignal | undefined;
  /** Is told of an event that a handler or a project failed on. Default: it is reported as RxJS reports unhandled errors. */
  readonly onHandlerError?: ((error: HandlerError<NoInfer<T>>) => void) | undefined;
  /**
   * Is told of an object that the transform failed on, as `onIndexError` is of one that an index function failed on; both
   * show in `status$` as well. By default it prints the first error, and then their number at 10, 100 and so on.
   */
  readonly onTransformError?: ((error: TransformError) => void) | undefined;
  /**
   * Is told of objects that the server sent without a name to hold them by: once for those of a page or of a streaming list,
   * and for each change. They are left out and show in `status$`. By default as `onTransformError`.
   */
  readonly onRefusedObjects?: ((error: KubeError) => void) | undefined;
}
