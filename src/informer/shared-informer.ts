import {
  distinctUntilChanged,
  filter,
  map,
  NEVER,
  type Observable,
  type ObservableInput,
  subscribeOn,
  type Subscription,
} from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Selects } from '../protocol/selectors/selection-of.ts';
import type { Indexers } from '../store/contents/indexers.ts';
import { lister, type Lister } from '../store/lister.ts';
import { type ReadonlyStore, readonlyStore } from '../store/readonly-store.ts';
import type { Commit } from '../store/commit.ts';
import type { Snapshot } from '../store/snapshot.ts';
import { behavior } from '../streams/behavior.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { checkedSignalIfAny } from '../streams/checks/checked-signal.ts';
import type { ConcurrencyOptions } from '../streams/pump.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { takeUntilAborted } from '../streams/take-until-aborted.ts';
import { checkedPeriod } from '../streams/time/period.ts';
import { type EventHandlerRegistration, registerEventHandler } from './handlers/event-handler-registration.ts';
import type { HandlerError } from './handlers/handler-error.ts';
import type { ResourceEventHandler } from './handlers/resource-event-handler.ts';
import { InformerEndedError } from './informer-ended-error.ts';
import { type EventsOptions, informerEvents, type Synced } from './informer-events.ts';
import type { SharedInformerOptions } from './informer-options.ts';
import { InformerRun } from './informer-run.ts';
import type { InformerStatus } from './informer-status.ts';
import { concatMapByKey } from './pace/concat-map-by-key.ts';
import type { Condition } from './waiting/condition.ts';
import { firstMatch, type SignalOptions } from './waiting/first-match.ts';
import { waitFor, type WaitForOptions } from './waiting/wait-for.ts';

/**
 * A reflector and a store that all subscribers share: one watch, however many there are. client-go's SharedIndexInformer.
 *
 * **Life.** It starts with the first subscription to `snapshot$`, `commits$`, `events$` or `hasSynced$`, or with `connect`,
 * and stops with the last, after the grace period. It can start again, any number of times: it then goes on from the
 * version that it has, and what happened meanwhile comes as changes. A new start does not shorten the delays between
 * requests: at least a second after the last one, and not before the backoff of a failure has passed. Reading a value, the
 * lister, the store or `status$` starts nothing.
 *
 * **Promised.** Every subscriber, whenever it comes, gets the state and then every commit after it, in one order that is the
 * same for all; when it sees an event, `event.object === snapshot$.value.getByKey(key)`. What a subscriber writes or
 * subscribes to meanwhile comes after. A state is complete; a relist comes as its difference, deletions first. A subscriber
 * that throws disturbs nobody else; failures are in `status$`, and nothing stops for good.
 *
 * **Not promised.** Every intermediate state, an order across objects, that `deleted` means gone (an object may have left
 * the selector), fresh reads.
 */
export class SharedInformer<T extends KubernetesObject, I extends string = never> {
  /** The resource in words: `v1/pods in default`. */
  readonly resource: string;
  /** True where its objects are metadata alone. */
  readonly metadataOnly: boolean;
  /**
   * Complete snapshots only, the current one first. `value` can be read at any time. Before the first complete snapshot it is
   * an empty one whose `synced` is false.
   */
  readonly snapshot$: ReadonlyBehaviorSubject<Snapshot<T, I>>;
  /** The commits after `snapshot$.value`. */
  readonly commits$: Observable<Commit<T, I>>;
  /** The state as `added` events with `isInInitialList`, then the events of each commit. See {@link events}. */
  readonly events$: Observable<InformerEvent<T>>;
  /** True while there is a complete state. Emits the current value first, then each change. */
  readonly hasSynced$: ReadonlyBehaviorSubject<boolean>;
  /**
   * What the informer is doing, and its last failure. A subscription does not start the informer. Completes with the signal, as
   * the other streams do, after the status `stopped`.
   */
  readonly status$: ReadonlyBehaviorSubject<InformerStatus>;
  /** The store, to read only. Its streams do not start the informer. */
  readonly store: ReadonlyStore<T, I>;
  /** Whether an object, as the server sends it, is selected; `undefined` where the server alone can tell. See `ListerWatcher.selects`. */
  readonly selects: Selects;
  /**
   * The transform of each object before it is stored. Without the option it returns the object itself. It leaves its argument
   * unchanged: a function that changes its argument gets a copy.
   */
  readonly transform: (object: KubernetesObject) => T;
  /** Reads the current state by namespace, name and label selector. Does not start the informer. */
  readonly lister: Lister<T>;

  readonly #run: InformerRun<T, I>;
  readonly #resyncPeriod: number;
  readonly #onHandlerError: (error: HandlerError<T>) => void;

  /** @internal */
  constructor(listerWatcher: ListerWatcher<KubernetesObject>, options: SharedInformerOptions<KubernetesObject, T, I>) {
    const { resyncPeriod = 0, onHandlerError = reportUnhandled } = options;
    this.#resyncPeriod = checkedPeriod('resyncPeriod', resyncPeriod);
    this.#onHandlerError = checkedFunction('onHandlerError', onHandlerError);
    const run = new InformerRun<T, I>(listerWatcher, options);
    this.#run = run;
    this.resource = run.resource;
    this.metadataOnly = listerWatcher.metadataOnly === true;
    this.selects = (object) => listerWatcher.selects?.(object);
    this.transform = run.transform;
    this.store = readonlyStore(run.store);
    this.lister = lister(this.store, { resource: this.resource });
    this.status$ = run.status$;

    const { snapshot$ } = this.store;
    const complete$ = run.heldValues(snapshot$).pipe(filter(({ synced }) => synced));
    const synced$ = run.heldValues(snapshot$).pipe(map(({ synced }) => synced));
    this.snapshot$ = behavior(complete$, () => snapshot$.value);
    this.hasSynced$ = behavior(synced$.pipe(distinctUntilChanged()), () => snapshot$.value.synced);
    this.commits$ = run.held(this.store.commits$);
    this.events$ = this.events();
  }

  /**
   * Returns `events$` with a mark where the initial list ends, with resyncs, or with both. Throws a RangeError on a negative
   * period.
   *
   * ```ts
   * pods.events({ withSynced: true }).subscribe(({ type }) => console.log(type));
   * ```
   */
  events(options: EventsOptions & { readonly withSynced: true }): Observable<InformerEvent<T> | Synced>;
  events(options?: EventsOptions & { readonly withSynced?: false }): Observable<InformerEvent<T>>;
  events(options: EventsOptions = {}): Observable<InformerEvent<T> | Synced> {
    const { store, scheduler } = this.#run;
    return this.#run.held(informerEvents(store, options, scheduler));
  }

  /**
   * Calls a handler for each event, as client-go does: the current objects first, one call at a time. A promise that the handler
   * returns is awaited before the next call. The first call comes after this method has returned, in virtual time in the same
   * frame. The handler holds the informer until it is removed or the signal is aborted. A handler that is added twice is called
   * twice. Throws an {@link InformerEndedError} if the informer has ended, because the handler would never be called.
   *
   * ```ts
   * const registration = pods.addEventHandler({ onAdd: (added) => console.log(added.metadata.name) });
   * registration.remove();
   * ```
   */
  addEventHandler(
    handler: ResourceEventHandler<T>,
    { resyncPeriod = this.#resyncPeriod, signal }: Omit<EventsOptions, 'withSynced'> & SignalOptions = {},
  ): EventHandlerRegistration {
    const { store, scheduler, isEnded } = this.#run;
    if (isEnded) throw new InformerEndedError(this.resource);
    const events$ = informerEvents(store, { withSynced: true, resyncPeriod }, scheduler);
    const { resource } = this;
    const onHandlerError = this.#onHandlerError;
    // Held from now on, and called on the scheduler, so that a handler can use the registration to remove itself.
    const later$ = this.#run.held(events$.pipe(subscribeOn(scheduler)));
    return registerEventHandler(later$, handler, { resource, onHandlerError, signal });
  }

  /**
   * Applies the operator `concatMapByKey` to `events$`. If the project fails for an event, `onHandlerError` gets the error and the
   * next event follows. Starts when it is subscribed to or awaited. Awaiting it lasts until the informer ends.
   *
   * ```ts
   * pods.concatMapByKey(({ object }) => reconcile(object), { concurrency: 4 }).subscribe();
   * ```
   */
  concatMapByKey<R>(
    project: (event: InformerEvent<T>) => ObservableInput<R>,
    options?: ConcurrencyOptions,
  ): Awaitable<R, R | undefined> {
    return awaitable(this.events$.pipe(concatMapByKey(project, { ...options, onHandlerError: this.#onHandlerError })));
  }

  /**
   * Emits the object with this key and each later state of it; `undefined` while there is no such object. Starts with the first
   * complete state.
   *
   * ```ts
   * pods.observe('default/web-0').subscribe((web) => console.log(web?.status?.phase));
   * ```
   */
  observe(key: string): Observable<T | undefined> {
    return this.select((snapshot) => snapshot.getByKey(key));
  }

  /**
   * Emits what a function returns for each snapshot, without equal values in a row. Default equality: `Object.is`.
   *
   * ```ts
   * pods.select(({ size }) => size).subscribe((size) => console.log(size, 'pods'));
   * ```
   */
  select<R>(
    selector: (snapshot: Snapshot<T, I>) => R,
    equality: (before: R, after: R) => boolean = Object.is,
  ): Observable<R> {
    return this.snapshot$.pipe(map(selector), distinctUntilChanged(equality));
  }

  /**
   * Holds the informer until the subscription is unsubscribed or the signal is aborted. Starts it if it is not running.
   *
   * ```ts
   * const held = pods.connect();
   * await pods.whenSynced();
   * held.unsubscribe();
   * ```
   */
  connect({ signal }: SignalOptions = {}): Subscription {
    checkedSignalIfAny(signal);
    const held$ = this.#run.held(NEVER);
    return (signal ? held$.pipe(takeUntilAborted<never>(signal)) : held$).subscribe({ error: reportUnhandled });
  }

  /**
   * Resolves when there is a complete state, and holds the informer until then. Rejects with the signal's reason. The state
   * stays readable for the retain time even if nobody else holds the informer.
   */
  async whenSynced({ signal }: SignalOptions = {}): Promise<void> {
    checkedSignalIfAny(signal);
    if (this.hasSynced$.value) return;
    await firstMatch(this.hasSynced$, Boolean, { signal, waitedFor: `the sync of ${this.resource}` });
  }

  /**
   * Resolves with the object under a key as soon as a condition holds for it. The condition may be that there is no object.
   * Only complete states count. Rejects with a `WaitTimeoutError`, or with the signal's reason.
   *
   * ```ts
   * const ready = await pods.waitFor('default/web-0', isReady, { timeout: minutes(1) });
   * console.log(ready?.metadata.uid);
   * ```
   */
  async waitFor(key: string, condition: Condition<T>, options: WaitForOptions = {}): Promise<T | undefined> {
    const waitedFor = options.waitedFor ?? `the condition on ${key} of ${this.resource}`;
    return await waitFor(this.observe(key), condition, { scheduler: this.#run.scheduler, ...options, waitedFor });
  }

  /** Adds indexes, at any time; see `Store.addIndexers`. Returns this informer under the type that knows their names. */
  addIndexers<J extends string>(indexers: Indexers<T, J>): SharedInformer<T, I | J> {
    this.#run.store.addIndexers(indexers);
    return this as unknown as SharedInformer<T, I | J>;
  }
}

/**
 * Returns a shared informer of a resource. It sends nothing before the first subscription.
 *
 * Throws a RangeError for an option out of range, a TypeError for an invalid function or signal, a `StoreError` for an
 * invalid index function, and a `SeedError` for a `seed` that is not a state to begin with.
 *
 * ```ts
 * const all = sharedInformer(podListerWatcher, { transform: dropManagedFields });
 * all.snapshot$.subscribe((snapshot) => console.log(snapshot.size, 'pods'));
 * ```
 */
export function sharedInformer<S extends KubernetesObject, T extends KubernetesObject = S, I extends string = never>(
  listerWatcher: ListerWatcher<S>,
  options: SharedInformerOptions<S, T, I> = {},
): SharedInformer<T, I> {
  return new SharedInformer<T, I>(listerWatcher, options as SharedInformerOptions<KubernetesObject, T, I>);
}
