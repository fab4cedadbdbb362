import type { KubeError } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Transform } from '../protocol/objects/transform.ts';
import type { ReflectorOptions } from '../reflector/reflector.ts';
import type { StoreOptions } from '../store/store.ts';
import type { HandlerError } from './handlers/handler-error.ts';
import type { Seed } from './seed.ts';
import type { TransformError } from './admission/transform-error.ts';

/**
 * The options of a shared informer: those of its reflector, those of its store, and its own. Every option has a default. Times
 * are in milliseconds.
 *
 * `T` is inferred from `transform` alone, because an index function may take a wider type than the stored one.
 */
export interface SharedInformerOptions<
  S extends KubernetesObject,
  T extends KubernetesObject = S,
  I extends string = never,
>
  extends Omit<ReflectorOptions<S>, 'admit'>, StoreOptions<NoInfer<T>, I> {
  /**
   * Changes each object before it is stored: `dropManagedFields`, a `recipe`, or a function, which may change the object in
   * place. Default: none. An object for which it fails is left out, the stored revision of that object stays, and
   * `onTransformError` gets the error.
   *
   * A function gets a copy. The copy of a pod of 8 kB takes 30 to 50 µs, and the rest of the way from its text into the store
   * takes 45 µs. The stored object takes no more memory. `dropManagedFields` needs no copy and saves 5 µs; a recipe needs no
   * copy either (`npm run bench:store`).
   */
  readonly transform?: Transform<S, T> | undefined;
  /**
   * How long the informer runs on after the last subscriber has left. Default 0: the next subscriber then waits until a second
   * has passed since the last request.
   */
  readonly gracePeriod?: number | undefined;
  /**
   * How long the informer keeps its state after it has stopped, to read and to resume from. Default `Infinity`. Any other value
   * takes a timer, which keeps a process alive.
   */
  readonly retain?: number | undefined;
  /**
   * A complete state of an earlier time to begin with: the snapshot has it at once, `synced`, and `status$` says `stale` until the
   * watch from its version is open. Nothing is listed. Where the server no longer has that version (410) it is listed, and what
   * happened meanwhile comes as the difference, as after a stop. Not for controllers, which would run on the old state. Default:
   * none. The objects are checked, shared and frozen in this call, 10,000 pods in some 300 ms. See {@link Seed}.
   */
  readonly seed?: Seed<NoInfer<T>> | undefined;
  /** The resync period of handlers without one of their own, see `EventsOptions.resyncPeriod`. Default 0: never. */
  readonly resyncPeriod?: number;
  /** Aborting it ends the informer for good: its streams complete, and its state stays readable. */
  readonly signal?: AbortSignal | undefined;
  /** Gets the error of a handler or a project that fails for an event. Default: RxJS reports it as unhandled. */
  readonly onHandlerError?: ((error: HandlerError<NoInfer<T>>) => void) | undefined;
  /**
   * Gets the error if the transform fails for an object. `status$` counts these errors and those of `onIndexError`. Default:
   * prints the first error, and then the number of errors at 10, 100 and so on.
   */
  readonly onTransformError?: ((error: TransformError) => void) | undefined;
  /**
   * Gets an error if the server sends objects without a name: once for each page, each streaming list and each change. Such
   * objects are left out and counted in `status$`. Default: prints as `onTransformError` does.
   */
  readonly onRefusedObjects?: ((error: KubeError) => void) | undefined;
}
