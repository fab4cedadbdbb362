import {
  BehaviorSubject,
  combineLatest,
  distinctUntilChanged,
  filter,
  forkJoin,
  ignoreElements,
  isObservable,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  of,
  type SchedulerLike,
  share,
  Subject,
  type Subscription,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';
import type { SharedInformer } from '../informer/shared-informer.ts';
import type { SignalOptions } from '../informer/waiting/first-match.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { behavior } from '../streams/behavior.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { checkedSignalIfAny } from '../streams/checks/checked-signal.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import { reportUnhandled } from '../streams/report-unhandled.ts';
import { takeUntilAborted } from '../streams/take-until-aborted.ts';
import type { Explanation } from '../workqueue/explanation.ts';
import { failureNote } from '../workqueue/failure-note.ts';
import { type Drained, type DrainOptions, reconciler, type Reconciler } from '../workqueue/reconciler.ts';
import type { Report } from '../workqueue/report.ts';
import { retryBy } from '../workqueue/retry-by.ts';
import { checkedSettings } from '../workqueue/settings.ts';
import type { Wake } from '../workqueue/wake.ts';
import { classifyFailure } from './classify-failure.ts';
import type { ControllerOptions, InformerOfAny } from './controller-options.ts';
import { RunOverState } from './controller-run.ts';
import { type ControllerStatus, explainedBySources, type SourceStatus } from './controller-status.ts';
import { LoopDelay } from './loop-delay.ts';
import { runResultOf } from './reconcile-result.ts';
import { OwnWrites } from './own-writes/own-writes.ts';
import { keptSource, type SourceState } from './sources/kept-source.ts';
import { type OwnerKind, ownerKind } from './sources/owner-kind.ts';
import { ownerKeys } from './sources/owners-of.ts';
import { type AnyInformer, type InformerWakes, type OwnEventRule, wakesOf } from './sources/wakes-of.ts';
/** How long after the opening of a watch the server has told what happened before it, in milliseconds. */
const afterOpening = 100;

/** A controller: sources of keys, one queue, and its runs. Made by {@link controllerFor}. */
export interface Controller {
  /**
   * The report of each run. All subscribers share one queue: the first starts the controller, the last to leave stops it, and
   * its runs are aborted. Not replayed.
   */
  readonly reports$: Observable<Report>;
  /** Where it stands. A subscription starts nothing; `value` is read when it is asked for. */
  readonly status$: ReadonlyBehaviorSubject<ControllerStatus>;
  /** Why a key does or does not run. */
  explain(key: string): Explanation;
  /** Holds the controller until the subscription is unsubscribed, or the signal is aborted. Starts it if it is not running. */
  connect(options?: SignalOptions): Subscription;
  /** Starts no more runs and resolves when all have ended. After the deadline they are aborted. Then the controller stops. */
  drain(options?: DrainOptions): Promise<Drained>;
}

class InformerController<T extends KubernetesObject, I extends string> implements Controller {
  readonly reports$: Observable<Report>;
  readonly status$: ReadonlyBehaviorSubject<ControllerStatus>;
  private readonly informers: readonly InformerOfAny[];
  /** Those that the first run waits for. */
  private readonly required: readonly InformerOfAny[];
  private readonly sources: readonly Source[];
  private readonly scheduler: SchedulerLike;
  private readonly loop: LoopDelay;
  private readonly ownWrites: OwnWrites;
  private readonly queue: Reconciler;
  private readonly gate$ = new BehaviorSubject(false);
  private readonly changed$ = new Subject<void>();

  constructor(informer: SharedInformer<T, I>, options: ControllerOptions<T, I>) {
    const { kind, fieldManager, skipOwnEvents = false, ...queue } = Object(options) as ControllerOptions<T, I>;
    const [owns, reads, wakes, optional] = listsOf(options);
    const { retry = retryBy({ classify: classifyFailure }), opened$ = of(true) } = queue;
    checkedFunction('reconcile', queue.reconcile);
    for (const each of [informer, ...owns, ...reads]) checkedInformer(each);
    for (const wakes$ of wakes) checkedWakes(wakes$);
    if (owns.length > 0 && kind === undefined && informer.metadataOnly)
      throw new TypeError(
        `${informer.resource} has metadata alone, which does not say the kind: name it, as by kind: 'apps/Deployment'`,
      );
    const { scheduler, random } = checkedSettings(queue);
    this.scheduler = scheduler;
    const ofWakes = wakes.flatMap(
      (each) => ((each as Partial<InformerWakes>).informer as InformerOfAny | undefined) ?? [],
    );
    this.informers = [...new Set<InformerOfAny>([informer, ...owns, ...reads, ...ofWakes])];
    this.required = this.informers.filter((each) => !optional.includes(each));
    for (const each of optional)
      if (each === informer || !this.informers.includes(each))
        throw new TypeError('`optional` has an informer that is the main one, or none of `owns`, `reads` and `wakes`.');
    this.loop = new LoopDelay(scheduler, () => this.changed$.next());
    this.ownWrites = new OwnWrites(this.informers, { scheduler, random, fieldManager });
    const owner = ownerKind(informer, kind);
    const own: OwnEventRule = { isOwn: (event) => this.ownWrites.isOwn(event), isSkipped: skipOwnEvents };
    const keys$ = wakesOf(informer, (object) => [metaNamespaceKey(object)], own);
    const owners$ = owns.map((owned: AnyInformer) => wakesOf(owned, (object) => ownersOfKind(object, owner()), own));
    const others = wakes.map((each) => (each as Partial<InformerWakes>).knowing?.(own) ?? each);
    this.sources = [keys$, ...owners$, ...others].map((wakes$, index) => {
      const { resource } = ((wakes$ as Partial<InformerWakes>).informer ?? {}) as { readonly resource?: string };
      const name = resource ?? `wakes ${index - owners$.length}`;
      return { name, wakes$, state: { type: 'flowing', attempt: 0, failure: undefined } };
    });
    this.queue = reconciler(
      (run) => {
        const over = new RunOverState(run, informer, this.ownWrites);
        return this.loop.during(run.key, () => runResultOf(queue.reconcile(over)));
      },
      {
        ...queue,
        retry,
        identity: (key) => informer.store.getByKey(key)?.metadata.uid,
        mayStart: this.ownWrites.mayStart,
        opened$: combineLatest([this.gate$, opened$]).pipe(map(([hasSynced, isOpen]) => hasSynced && isOpen)),
      },
    );
    this.reports$ = this.queue.reconcile(this.wakes(scheduler, random)).pipe(share());
    const statuses = this.informers.map((each) => each.status$);
    const told$ = merge(this.queue.status$, this.gate$, this.changed$, ...statuses);
    this.status$ = behavior(told$.pipe(map(() => this.status)), () => this.status);
  }

  explain(key: string): Explanation {
    return explainedBySources(this.queue.explain(key), this.status);
  }

  connect({ signal }: SignalOptions = {}): Subscription {
    checkedSignalIfAny(signal);
    const held$ = signal ? this.reports$.pipe(takeUntilAborted(signal)) : this.reports$;
    return held$.subscribe({ error: reportUnhandled });
  }

  drain(options?: DrainOptions): Promise<Drained> {
    return this.queue.drain(options);
  }

  /** The wakes of all sources, and then the gate: what a source says at once is in when it opens. */
  private wakes(scheduler: SchedulerLike, random: () => number): Observable<Wake> {
    const kept = this.sources.map((source) =>
      keptSource(source.wakes$, {
        scheduler,
        random,
        changed: (state) => {
          source.state = state;
          this.changed$.next();
        },
      }),
    );
    return new Observable((subscriber) => {
      // Before the next start: it begins with what the queue still holds.
      subscriber.add(() => this.gate$.next(false));
      const wake = (wake: Wake): void => subscriber.next(wake);
      subscriber.add(this.ownWrites.wakes$.subscribe({ next: wake, error: reportUnhandled }));
      subscriber.add(this.ownWrites.use());
      subscriber.add(this.loop.watch());
      merge(
        ...kept,
        ...this.informers.map((informer) => informer.hasSynced$.pipe(ignoreElements())),
        this.opening(),
      ).subscribe(subscriber);
    });
  }

  private opening(): Observable<never> {
    const opening = this.required.map((informer) => {
      const synced$ = informer.events({ withSynced: true }).pipe(
        filter(({ type }) => type === 'synced'),
        take(1),
      );
      return informer.store.snapshot$.value.synced ? synced$.pipe(mergeMap(() => this.upToDate(informer))) : synced$;
    });
    return forkJoin(opening).pipe(
      tap(() => this.gate$.next(true)),
      ignoreElements(),
    );
  }

  /** Emits when a state from an earlier time, kept or from a seed, is followed by a watch and what that tells at once. */
  private upToDate(informer: InformerOfAny): Observable<unknown> {
    if (!informer.status$.value.stale) return of(true);
    return informer.status$.pipe(
      map(({ stale }) => stale),
      distinctUntilChanged(),
      switchMap((stale) => (stale ? NEVER : timer(afterOpening, this.scheduler))),
      take(1),
    );
  }

  private get status(): ControllerStatus {
    const sources = [...this.informers.map((informer) => this.informerStatus(informer)), ...this.others()];
    const unordered = [...this.ownWrites.unordered];
    const { length: loopDelay, by: blockedBy } = this.loop.longest;
    const own = { hasSynced: this.gate$.value, sources, unordered, loopDelay, blockedBy };
    return Object.freeze({ ...this.queue.status$.value, ...own });
  }

  private informerStatus(informer: InformerOfAny): SourceStatus {
    const { resource, store, status$ } = informer;
    const { attempt, lastError, stale } = status$.value;
    const source = this.sources.find(({ name, state }) => name === resource && state.type === 'failing');
    const isFailing = attempt > 0 || source !== undefined;
    const failure = attempt > 0 && lastError ? failureNote(lastError) : source?.state.failure;
    const isWaiting = !store.snapshot$.value.synced || (stale && !this.gate$.value);
    const state = isWaiting ? 'waiting' : isFailing ? 'failing' : 'flowing';
    return {
      name: resource,
      state,
      attempt: Math.max(attempt, source?.state.attempt ?? 0),
      isRequired: this.required.includes(informer),
      ...(failure && { failure }),
    };
  }

  private others(): SourceStatus[] {
    return this.sources
      .filter(({ wakes$ }) => (wakes$ as Partial<InformerWakes>).informer === undefined)
      .map(({ name, state: { type, attempt, failure } }) => ({
        name,
        state: type,
        attempt,
        isRequired: false,
        ...(failure && { failure }),
      }));
  }
}

interface Source {
  readonly name: string;
  readonly wakes$: Observable<Wake>;
  state: SourceState;
}

function ownersOfKind(object: KubernetesObject, owner: OwnerKind | undefined): readonly string[] {
  return owner === undefined ? [] : ownerKeys(object, owner.group, owner.kind, owner);
}

/** The options that are arrays. Throws a TypeError that names one that is not, such as a single informer. */
function listsOf(options: object): [InformerOfAny[], InformerOfAny[], Observable<Wake>[], InformerOfAny[]] {
  const lists = ['owns', 'reads', 'wakes', 'optional'].map((name) => {
    const given = (Object(options) as Readonly<Record<string, unknown>>)[name] ?? [];
    if (!Array.isArray(given)) throw new TypeError(`\`${name}\` takes an array. Nothing was started.`);
    return given as unknown[];
  });
  return lists as ReturnType<typeof listsOf>;
}

function checkedInformer(given: unknown): void {
  const { events$, store } = Object(given) as { readonly events$?: unknown; readonly store?: unknown };
  if (!isObservable(events$) || store === undefined)
    throw new TypeError(
      'a controller takes informers, and arrays of them for `owns` and `reads`. Nothing was started.',
    );
}

function checkedWakes(given: unknown): void {
  if (!isObservable(given)) throw new TypeError('`wakes` is an array of Observables. Nothing was started.');
}

/**
 * Returns a controller: it runs `reconcile` for the key of each object that has changed, or whose owned objects have. It brings
 * what `reconcileBy` promises, and more:
 *
 * - **The first run waits** until every informer has synced and its first keys are in. A resource that the server does not know yet
 *   shows as waiting in `status$`, and ends nothing; `optional` names those that are not waited for. A state from an earlier time, kept or
 *   from a seed, is followed by a watch first.
 * - **One state**: a run decides on `run.snapshot`, which never moves, and reads what it writes itself.
 * - **Read your writes**: a key does not start on a state from before its own writes. After 5 s it does, and says `behind`.
 * - The keys of a first list and of a resync have a low priority, which what happens now overtakes.
 * - A source that errors is subscribed to again, with delays of its own. The others go on.
 *
 * It does nothing before `connect`, or the first subscription to `reports$`. It runs in a browser as well. Throws a TypeError or a
 * RangeError for an invalid option.
 *
 * ```ts
 * const controller = controllerFor(pods, {
 *   reconcile: ({ key, object }) => console.log(key, object?.status?.phase ?? 'gone'),
 *   concurrency: 4,
 * });
 * controller.reports$.subscribe((report) => console.log(report.key, report.type));
 * console.log(controller.explain('default/web-0').text);
 * ```
 */
export function controllerFor<T extends KubernetesObject, I extends string = never>(
  informer: SharedInformer<T, I>,
  options: ControllerOptions<T, I>,
): Controller {
  return new InformerController(informer, options);
}
