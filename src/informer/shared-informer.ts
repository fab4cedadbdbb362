import {
  asyncScheduler,
  defaultIfEmpty,
  defer,
  distinctUntilChanged,
  filter,
  map,
  NEVER,
  Observable,
  type ObservableInput,
  type SchedulerLike,
  subscribeOn,
  type Subscription,
} from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import type { CacheEvent } from '../protocol/cache-event.ts';
import type { InformerEvent } from '../protocol/informer-event.ts';
import { kubeErrorFrom } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import type { Cursor } from '../reflector/cursor.ts';
import { listAndWatch } from '../reflector/list-and-watch.ts';
import { RequestPace } from '../reflector/request-pace.ts';
import { retryWithBackoff } from '../reflector/retry-with-backoff.ts';
import type { Indexers } from '../store/contents/indexers.ts';
import { lister, type Lister } from '../store/lister.ts';
import { onCopy } from '../sharing/on-copy.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import type { Admitted } from '../store/admitted.ts';
import type { Commit } from '../store/reduce-snapshot.ts';
import { printRarely } from '../store/print-rarely.ts';
import type { Snapshot } from '../store/snapshot.ts';
import type { ReadonlyStore } from '../store/readonly-store.ts';
import { Store } from '../store/store.ts';
import { checkedPeriod } from '../streams/time/period.ts';
import { aborted } from '../streams/aborted.ts';
import { Admission } from './admission.ts';
import { behavior } from '../streams/behavior.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { checkedSignalIfAny } from '../streams/checks/checked-signal.ts';
import type { Condition } from './waiting/condition.ts';
import { type EventHandlerRegistration, registerEventHandler } from './handlers/event-handler-registration.ts';
import { firstMatch, type SignalOptions } from './waiting/first-match.ts';
import type { ConcurrencyOptions } from '../streams/flatten-by-key.ts';
import { forEachEvent } from './pace/for-each-event.ts';
import type { HandlerError } from './handlers/handler-error.ts';
import { type EventsOptions, informerEvents, type Synced } from './informer-events.ts';
import type { SharedInformerOptions } from './informer-options.ts';
import { InformerEndedError } from './informer-ended-error.ts';
import { type InformerStatus, initialStatus, type StatusEvent } from './informer-status.ts';
import { RefCount } from '../streams/ref-count.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import type { ResourceEventHandler } from './handlers/resource-event-handler.ts';
import { resumeCursor } from './resume-cursor.ts';
import { StatusReporter } from './status-reporter.ts';
import { takeUntilAborted } from '../streams/take-until-aborted.ts';
import { tellUnanswered, type Unanswered } from './unanswered.ts';
import { waitFor, type WaitForOptions } from './waiting/wait-for.ts';

/**
 * A reflector and a store that all subscribers share: one watch, however many there are. client-go's SharedIndexInformer.
 *
 * **Life.** It starts with the first subscription to `snapshot$`, `commits$`, `events$` or `hasSynced$`, or with `connect`,
 * and stops with the last, after the grace period. It can start again, any number of times: it then goes on from the
 * version that it has, and what happened meanwhile comes as changes. To start again is no way around the delays between
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
  /**
   * Complete snapshots only, the current one first. `value` is there at any time; before there is a complete one it is
   * empty, and its `synced` is false.
   */
  readonly snapshot$: ReadonlyBehaviorSubject<Snapshot<T, I>>;
  /** The commits after `snapshot$.value`. */
  readonly commits$: Observable<Commit<T, I>>;
  /** The state as `added` events with `isInInitialList`, then the events of each commit. See {@link events}. */
  readonly events$: Observable<InformerEvent<T>>;
  /** Whether there is a complete state: false first unless there is one. */
  readonly hasSynced$: ReadonlyBehaviorSubject<boolean>;
  /**
   * What it is doing, how it stands and what went wrong. A subscription does not start it. Like the other streams it completes
   * with the signal, after the status that it has stopped.
   */
  readonly status$: ReadonlyBehaviorSubject<InformerStatus>;
  /** The store, to read. Its streams do not start the informer. */
  readonly store: ReadonlyStore<T, I>;
  /**
   * What becomes of each object before it is stored; the object itself where nothing was given. What it is given stays as it is:
   * a function that changes its argument changes a copy.
   */
  readonly transform: (object: KubernetesObject) => T;
  /** Reads the current state by namespace, name and label selector. It starts nothing. */
  readonly lister: Lister<T>;

  private readonly state: Store<T, I>;
  private readonly statuses: StatusReporter;
  private readonly refCount: RefCount;
  private readonly scheduler: SchedulerLike;
  private readonly resyncPeriod: number;
  private readonly signal: AbortSignal | undefined;
  private readonly onHandlerError: (error: HandlerError<T>) => void;
  /** Until when the state was up to date, as far as has been told. */
  private upToDateAt = -Infinity;

  /** @internal */
  constructor(listerWatcher: ListerWatcher<KubernetesObject>, options: SharedInformerOptions<KubernetesObject, T, I>) {
    const { scheduler = asyncScheduler, resyncPeriod = 0, gracePeriod = 0, retain = Infinity } = options;
    const { transform, onHandlerError = reportUnhandled, signal } = options;
    const print = printRarely();
    const { onTransformError = print, onIndexError = print, onRefusedObjects = print } = options;
    this.resource = listerWatcher.resource;
    this.signal = checkedSignalIfAny(signal);
    this.scheduler = scheduler;
    this.resyncPeriod = checkedPeriod('resyncPeriod', resyncPeriod);
    this.onHandlerError = checkedFunction('onHandlerError', onHandlerError);
    this.state = new Store<T, I>({
      ...options,
      onIndexError: this.reporting(checkedFunction('onIndexError', onIndexError)),
    });
    this.store = this.state;
    this.transform =
      transform === undefined ? (object) => object as T : onCopy(checkedFunction('transform', transform));
    this.lister = lister(this.state, { resource: this.resource });
    this.statuses = new StatusReporter(initialStatus(scheduler.now()));
    this.status$ = behavior(this.endedBySignal(this.statuses.status$), () => this.statuses.status$.value);

    const admission = new Admission<KubernetesObject, T>({
      resource: this.resource,
      transform: this.transform,
      store: { admit: this.state.admit, getByKey: (key) => this.state.newest.getByKey(key) },
      onTransformError: this.reporting(checkedFunction('onTransformError', onTransformError)),
      onRefusedObjects: this.reporting(checkedFunction('onRefusedObjects', onRefusedObjects)),
    });
    const session$ = listAndWatch(listerWatcher, { ...options, admit: admission.admit });
    const pace = new RequestPace(scheduler);
    const from = (last: Cursor | undefined): Cursor =>
      resumeCursor(this.state.newest, last, scheduler.now() - this.upToDateAt);
    const cacheEvents$ = retryWithBackoff(session$, { ...options, from, pace });
    this.refCount = new RefCount({
      start: (run) => {
        this.report({ type: 'Started', retryIn: pace.untilNextStart });
        this.run(cacheEvents$.pipe(map(admission.settle)), run);
      },
      stopped: () => this.report({ type: 'Stopped' }),
      letGo: () => this.state.afterDelivery(() => this.letGo()),
      gracePeriod: checkedPeriod('gracePeriod', gracePeriod),
      retain: checkedPeriod('retain', retain),
      scheduler,
    });

    const { snapshot$ } = this.state;
    this.snapshot$ = behavior(this.states(snapshot$).pipe(filter(({ synced }) => synced)), () => snapshot$.value);
    this.hasSynced$ = behavior(
      this.states(snapshot$).pipe(
        map(({ synced }) => synced),
        distinctUntilChanged(),
      ),
      () => snapshot$.value.synced,
    );
    this.commits$ = this.held(this.state.commits$);
    this.events$ = this.events();
  }

  /** The events for a subscriber: `events$` with a mark where the initial list ends, with resyncs, or with both. */
  events(options: EventsOptions & { readonly withSynced: true }): Observable<InformerEvent<T> | Synced>;
  events(options?: EventsOptions & { readonly withSynced?: false }): Observable<InformerEvent<T>>;
  events(options: EventsOptions = {}): Observable<InformerEvent<T> | Synced> {
    return this.held(informerEvents(this.state, options, this.scheduler));
  }

  /**
   * Calls a handler for each event, in client-go's manner: what is there first, one call at a time, promises waited for. The
   * first call comes after this has returned, in virtual time in the same frame. It holds the informer until it is removed, or the signal aborted. A handler may be added twice, as two. Throws an
   * {@link InformerEndedError} once the informer has ended, as it would never be called.
   */
  addEventHandler(
    handler: ResourceEventHandler<T>,
    { resyncPeriod = this.resyncPeriod, signal }: Omit<EventsOptions, 'withSynced'> & SignalOptions = {},
  ): EventHandlerRegistration {
    if (this.signal?.aborted) throw new InformerEndedError(this.resource);
    const events$ = informerEvents(this.state, { withSynced: true, resyncPeriod }, this.scheduler);
    const { resource, onHandlerError } = this;
    // Held from now on, and told on the scheduler: a handler that is called may remove itself by what is returned here.
    const later$ = this.held(events$.pipe(subscribeOn(this.scheduler)));
    return registerEventHandler(later$, handler, { resource, onHandlerError, signal });
  }

  /**
   * `events$` through the operator `forEachEvent`: an event whose project fails goes to `onHandlerError`, and the next one
   * follows. It starts when it is subscribed to or awaited; awaited, until the informer ends.
   */
  forEachEvent<R>(
    project: (event: InformerEvent<T>) => ObservableInput<R>,
    options?: ConcurrencyOptions,
  ): Awaitable<R, R | undefined> {
    return awaitable(this.events$.pipe(forEachEvent(project, { ...options, onHandlerError: this.onHandlerError })));
  }

  /** The object with this key, and each state of it that follows; `undefined` while there is none. From a complete state on. */
  object$(key: string): Observable<T | undefined> {
    return this.select((snapshot) => snapshot.getByKey(key));
  }

  /** What a function finds in each snapshot, as far as it is not equal to what it found before; `Object.is` by default. */
  select<R>(
    selector: (snapshot: Snapshot<T, I>) => R,
    equality: (before: R, after: R) => boolean = Object.is,
  ): Observable<R> {
    return this.snapshot$.pipe(map(selector), distinctUntilChanged(equality));
  }

  /** Holds the informer until it is unsubscribed, or the signal aborted, and starts it if need be. */
  connect({ signal }: SignalOptions = {}): Subscription {
    checkedSignalIfAny(signal);
    const held$ = this.held(NEVER);
    return (signal ? held$.pipe(takeUntilAborted<never>(signal)) : held$).subscribe({ error: reportUnhandled });
  }

  /** {@link connect} in client-go's words, where `start` comes after the handlers. Here it may come at any time. */
  start(options?: SignalOptions): Subscription {
    return this.connect(options);
  }

  /**
   * Resolves when there is a complete state, and holds the informer until then. Rejected with the signal's reason. What it
   * has synced stays readable for the retain time even if nobody else holds it.
   */
  async whenSynced({ signal }: SignalOptions = {}): Promise<void> {
    checkedSignalIfAny(signal);
    if (this.hasSynced$.value) return;
    await firstMatch(this.hasSynced$, Boolean, { signal, waitedFor: `the sync of ${this.resource}` });
  }

  /**
   * Resolves with the object under a key as soon as a condition holds of it, which may be that there is none. Only complete
   * states count. Rejected with a `WaitTimeoutError`, or with the signal's reason.
   */
  async waitFor(key: string, condition: Condition<T>, options: WaitForOptions = {}): Promise<T | undefined> {
    const waitedFor = options.waitedFor ?? `the condition on ${key} of ${this.resource}`;
    return await waitFor(this.object$(key), condition, { scheduler: this.scheduler, ...options, waitedFor });
  }

  /** Adds indexes, at any time; see `Store.addIndexers`. Returns this informer under the type that knows their names. */
  addIndexers<J extends string>(indexers: Indexers<T, J>): SharedInformer<T, I | J> {
    this.state.addIndexers(indexers);
    return this as unknown as SharedInformer<T, I | J>;
  }

  private run(events$: Observable<CacheEvent<Admitted<T>>>, run: Subscription): void {
    const next = (event: CacheEvent<Admitted<T>> | Unanswered): void => {
      if (event.type !== 'Unanswered') this.state.next(event);
      if (!run.closed) this.report(event);
    };
    // Not when its last subscriber has gone: there may be a grace period.
    if (this.signal) run.add(aborted(this.signal).subscribe({ next: () => this.end(), error: reportUnhandled }));
    // It may be closed at any event, and before a request that answers at once has returned.
    const told$ = events$.pipe(
      filter(() => !run.closed),
      tellUnanswered(this.scheduler),
    );
    run.add(told$.subscribe({ next, error: (cause: unknown) => this.failed(cause) }));
  }

  /** Nothing can be tried again without a scheduler, say. It is told, and whoever subscribes next starts it anew. */
  private failed(cause: unknown): void {
    reportUnhandled(cause as Error);
    const error = kubeErrorFrom(this.resource, cause);
    this.report({ type: 'Interrupted', error, phase: 'watching', attempt: 1, retryIn: Infinity });
    this.refCount.stop();
  }

  /** For good. The last status is that it has stopped. */
  private end(): void {
    this.refCount.stop();
    this.statuses.complete();
  }

  /** The statuses, and the end after the last of them also where nothing runs that would see to it. */
  private endedBySignal(statuses$: Observable<InformerStatus>): Observable<InformerStatus> {
    const { signal } = this;
    if (signal === undefined) return statuses$;
    return new Observable((subscriber) => {
      subscriber.add(aborted(signal).subscribe({ next: () => this.end(), error: reportUnhandled }));
      subscriber.add(statuses$.subscribe(subscriber));
    });
  }

  private letGo(): void {
    if (this.refCount.isRunning()) return;
    this.state.forget();
    // Who heard of that may have started it again.
    if (!this.refCount.isRunning()) this.report({ type: 'LetGo' });
  }

  private report(event: StatusEvent<unknown>): void {
    const now = this.now();
    if (!this.statuses.latest.stale) this.upToDateAt = now;
    this.statuses.report(event, { now, snapshot: this.state.newest });
  }

  private now(): number {
    try {
      return this.scheduler.now();
    } catch {
      return this.statuses.latest.since;
    }
  }

  private reporting<E extends Error>(handler: (error: E) => void): (error: E, count?: number) => void {
    return (error, count = 1) => {
      this.report({ type: 'ObjectError', error, count });
      handler(error);
    };
  }

  /** The states, and the last one to whoever comes after the end. */
  private states<R>(states$: ReadonlyBehaviorSubject<R>): Observable<R> {
    return defer(() => this.held(states$).pipe(defaultIfEmpty(states$.value)));
  }

  /** A stream that holds the informer while it is subscribed to. It is subscribed first, so that it misses nothing. */
  private held<R>(source$: Observable<R>): Observable<R> {
    const bounded$ = this.signal ? source$.pipe(takeUntilAborted<R>(this.signal)) : source$;
    return new Observable((subscriber) => {
      bounded$.subscribe(subscriber);
      if (!subscriber.closed) subscriber.add(this.refCount.hold());
    });
  }
}

/**
 * A shared informer of a resource. Nothing is sent before somebody subscribes.
 *
 * Throws a RangeError on an option out of range, a TypeError on one that is no function or no signal where it should be, and
 * a `StoreError` on an index function that is none.
 */
export function sharedInformer<S extends KubernetesObject, T extends KubernetesObject = S, I extends string = never>(
  listerWatcher: ListerWatcher<S>,
  options: SharedInformerOptions<S, T, I> = {},
): SharedInformer<T, I> {
  return new SharedInformer<T, I>(listerWatcher, options as SharedInformerOptions<KubernetesObject, T, I>);
}
