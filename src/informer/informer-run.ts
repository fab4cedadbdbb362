import {
  asyncScheduler,
  defaultIfEmpty,
  defer,
  filter,
  map,
  Observable,
  type SchedulerLike,
  type Subscription,
} from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import { kubeErrorFrom } from '../protocol/errors/kube-error.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { KeptState } from '../reflector/cursor.ts';
import { checkedListerWatcher } from '../reflector/checked-lister-watcher.ts';
import { listAndWatch } from '../reflector/list-and-watch.ts';
import { resumeWithBackoff } from '../reflector/resume-with-backoff.ts';
import { onCopy } from '../sharing/on-copy.ts';
import type { Admitted } from '../store/admitted.ts';
import { printRarely } from '../store/print-rarely.ts';
import { Store } from '../store/store.ts';
import { aborted } from '../streams/aborted.ts';
import { behavior } from '../streams/behavior.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { checkedSignalIfAny } from '../streams/checks/checked-signal.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import { RefCount } from '../streams/ref-count.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { takeUntilAborted } from '../streams/take-until-aborted.ts';
import { checkedPeriod } from '../streams/time/period.ts';
import { Admission } from './admission/admission.ts';
import type { SharedInformerOptions } from './informer-options.ts';
import { type InformerStatus, initialStatus, type StatusEvent } from './informer-status.ts';
import { type CheckedSeed, checkedSeed } from './seed.ts';
import { StatusReporter } from './status-reporter.ts';
import { tellUnanswered, type Unanswered } from './unanswered.ts';

/**
 * The work of a shared informer, without its face: a reflector feeds a store for as long as somebody holds it, and every event
 * is reported to the status. It can stop and start again any number of times; the signal ends it for good.
 *
 * One object goes this way: reflector, {@link Admission.admit} when it arrives, {@link Admission.settle} with its event, store.
 */
export class InformerRun<T extends KubernetesObject, I extends string> {
  readonly resource: string;
  readonly scheduler: SchedulerLike;
  readonly signal: AbortSignal | undefined;
  readonly store: Store<T, I>;
  /** Does not start it. Completes with the signal. */
  readonly status$: ReadonlyBehaviorSubject<InformerStatus>;
  /** Leaves its argument as it is. */
  readonly transform: (object: KubernetesObject) => T;

  private readonly statuses: StatusReporter;
  private readonly refCount: RefCount;
  /** Until when the state was known to be up to date. */
  private upToDateAt = -Infinity;

  constructor(listerWatcher: ListerWatcher<KubernetesObject>, options: SharedInformerOptions<KubernetesObject, T, I>) {
    const { scheduler = asyncScheduler, gracePeriod = 0, retain = Infinity, transform, signal } = options;
    const print = printRarely();
    const { onTransformError = print, onIndexError = print, onRefusedObjects = print } = options;
    this.resource = checkedListerWatcher('sharedInformer', listerWatcher).resource;
    const seed = options.seed === undefined ? undefined : checkedSeed(this.resource, options.seed);
    this.signal = checkedSignalIfAny(signal);
    this.scheduler = scheduler;
    this.store = new Store<T, I>({
      ...options,
      onIndexError: this.reporting(checkedFunction('onIndexError', onIndexError)),
    });
    this.transform =
      transform === undefined ? (object) => object as T : onCopy(checkedFunction('transform', transform));
    this.statuses = new StatusReporter(initialStatus(scheduler.now()));
    this.status$ = behavior(this.endedBySignal(this.statuses.status$), () => this.statuses.status$.value);

    const { store } = this;
    const admission = new Admission<KubernetesObject, T>({
      resource: this.resource,
      transform: this.transform,
      store: { admit: store.admit, getByKey: (key) => store.newest.getByKey(key) },
      onTransformError: this.reporting(checkedFunction('onTransformError', onTransformError)),
      onRefusedObjects: this.reporting(checkedFunction('onRefusedObjects', onRefusedObjects)),
    });
    const session$ = listAndWatch(listerWatcher, { ...options, admit: admission.admit });
    const { events$, untilNextStart } = resumeWithBackoff(session$, () => this.kept(), options);
    const cacheEvents$ = events$.pipe(map(admission.settle));
    this.refCount = new RefCount({
      start: (run) => {
        this.report({ type: 'Started', retryIn: untilNextStart() });
        this.start(cacheEvents$, run);
      },
      stopped: () => this.report({ type: 'Stopped' }),
      letGo: () => store.afterDelivery(() => this.letGo()),
      gracePeriod: checkedPeriod('gracePeriod', gracePeriod),
      retain: checkedPeriod('retain', retain),
      scheduler,
    });
    if (seed !== undefined) this.plant(seed);
  }

  /** True once the signal has ended it. */
  get isEnded(): boolean {
    return this.signal?.aborted === true;
  }

  /** A stream that holds the informer while it is subscribed to. It is subscribed first, so that it misses nothing. */
  held<R>(source$: Observable<R>): Observable<R> {
    const bounded$ = this.signal ? source$.pipe(takeUntilAborted<R>(this.signal)) : source$;
    return new Observable((subscriber) => {
      bounded$.subscribe(subscriber);
      if (!subscriber.closed) subscriber.add(this.refCount.hold());
    });
  }

  /** {@link held}; a subscriber after the end gets the last value. */
  heldValues<R>(values$: ReadonlyBehaviorSubject<R>): Observable<R> {
    return defer(() => this.held(values$).pipe(defaultIfEmpty(values$.value)));
  }

  /** Begins with this state, as if the informer had stopped with it. */
  private plant({ objects, resourceVersion, asOf }: CheckedSeed<T>): void {
    const { store } = this;
    const admitted = objects.map(({ key, object }) => store.admit(object, key));
    store.next({ type: 'Replaced', objects: admitted, resourceVersion });
    this.report({ type: 'Stopped' });
    this.upToDateAt = asOf ?? this.now();
  }

  /** The state to go on from, where there is a complete one. */
  private kept(): KeptState | undefined {
    const { synced, resourceVersion } = this.store.newest;
    if (!synced || resourceVersion === undefined) return undefined;
    return { resourceVersion, staleFor: this.scheduler.now() - this.upToDateAt };
  }

  private start(events$: Observable<CacheEvent<Admitted<T>>>, run: Subscription): void {
    const next = (event: CacheEvent<Admitted<T>> | Unanswered): void => {
      if (event.type !== 'Unanswered') this.store.next(event);
      if (!run.closed) this.report(event);
    };
    // Here and not in the held streams, because the run may outlast its subscribers by the grace period.
    if (this.signal) run.add(aborted(this.signal).subscribe({ next: () => this.end(), error: reportUnhandled }));
    // Any event may close the run, also before a request that answers at once has returned.
    const told$ = events$.pipe(
      filter(() => !run.closed),
      tellUnanswered(this.scheduler),
    );
    run.add(told$.subscribe({ next, error: (cause: unknown) => this.failed(cause) }));
  }

  /** Retrying is impossible, for example because the scheduler throws. The status says so, and the next subscriber starts anew. */
  private failed(cause: unknown): void {
    reportUnhandled(cause as Error);
    const error = kubeErrorFrom(this.resource, cause);
    this.report({ type: 'Interrupted', error, phase: 'watching', attempt: 1, retryIn: Infinity });
    this.refCount.stop();
  }

  /** Ends it for good. The last status is `stopped`. */
  private end(): void {
    this.refCount.stop();
    this.statuses.complete();
  }

  /** The statuses, completed by the signal also while nothing runs. */
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
    this.store.forget();
    // A subscriber of the store may have started it again.
    if (!this.refCount.isRunning()) this.report({ type: 'LetGo' });
  }

  private report(event: StatusEvent<unknown>): void {
    const now = this.now();
    if (!this.statuses.latest.stale) this.upToDateAt = now;
    this.statuses.report(event, { now, snapshot: this.store.newest });
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
}
