import type { Observable } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ReconcileOptions } from '../workqueue/settings.ts';
import type { Wake } from '../workqueue/wake.ts';
import type { ControllerRun } from './controller-run.ts';
import type { ReconcileResult } from './reconcile-result.ts';
import type { SharedInformer } from '../informer/shared-informer.ts';

/** An informer of any resource. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an informer is invariant in the type of its objects
export type InformerOfAny = SharedInformer<any, any>;

/** Options of {@link controllerFor}. What concerns the queue is that of {@link reconcileBy}. */
export interface ControllerOptions<T extends KubernetesObject, I extends string = never> extends Omit<
  ReconcileOptions,
  'identity' | 'mayStart'
> {
  /**
   * Brings the world to what the object asks for. It is called for a key whose object, or what belongs to it, may have changed;
   * also where the object is gone. What it returns says whether it runs again, see {@link ReconcileResult}.
   */
  readonly reconcile: (run: ControllerRun<T, I>) => ReconcileResult;
  /** Informers of objects that are owned: their events wake the controlling owner, the one before a change as well. */
  readonly owns?: readonly InformerOfAny[] | undefined;
  /** Further informers that runs read. They are started, and no run starts before they have synced. Their events wake nothing. */
  readonly reads?: readonly InformerOfAny[] | undefined;
  /**
   * Those of the informers, the main one excepted, whose first sync no run waits for, such as of a resource that may not be
   * installed. They are started as the others; until they have synced they read as empty, and then their events wake keys. Default: none.
   */
  readonly optional?: readonly InformerOfAny[] | undefined;
  /** Further sources of keys: what `keysBy` and `ownersOf` return, or any Observable. One that errors is subscribed to again. */
  readonly wakes?: readonly Observable<Wake>[] | undefined;
  /**
   * The group and kind of the owners, such as `example.com/App`. Default: those of the first object of the informer. Needed for
   * an informer of metadata, whose objects do not say it.
   */
  readonly kind?: string | undefined;
  /** Who owns the fields that `run.writer` writes. Default: none; then an apply has to name one. */
  readonly fieldManager?: string | undefined;
  /**
   * True for no wake by an event that is exactly an own write, conditioned on what the cache held before it. It saves a run for
   * each status write. Default false: the reason of such a wake says `ownWrite`. Of the option `wakes` it concerns what `keysBy`,
   * `keysOf` and `ownersOf` return, as long as no operator is applied.
   */
  readonly skipOwnEvents?: boolean | undefined;
}
