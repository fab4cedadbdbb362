import { filter, finalize, firstValueFrom, map, Observable, startWith, Subject, Subscription, take } from 'rxjs';
import type { Backlog } from '../streams/backlog.ts';
import { behavior } from '../streams/behavior.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { DeliveryQueue } from '../streams/delivery-queue.ts';
import { pump } from '../streams/pump.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import { subscribeWithin } from '../streams/subscribe-within.ts';
import { checkedPeriod } from '../streams/time/period.ts';
import { runAfter } from '../streams/time/run-after.ts';
import { ActiveRuns } from './runs/active-runs.ts';
import { checkedWake } from './checked-wake.ts';
import { explained, type Explanation } from './explanation.ts';
import { FairTurn } from './runs/fair-turn.ts';
import { HeldKeys } from './runs/held-keys.ts';
import type { Entry } from './lines/entry.ts';
import { WorkLines } from './lines/work-lines.ts';
import type { Report } from './report.ts';
import type { Run, RunResult } from './run.ts';
import { checkedSettings, type ReconcileOptions, type Settings } from './settings.ts';
import type { Wake } from './wake.ts';
import type { WorkStatus } from './work-status.ts';

/** How a drain ended. */
export interface Drained<K extends string = string> {
  /** The keys whose runs have not ended, though they were aborted. Nobody else may work on these. */
  readonly running: readonly K[];
}

/** A work queue and its runs. */
export interface Reconciler<K extends string = string> {
  /** The report of each run, as it ends. Not replayed. A subscription starts nothing. */
  readonly reports$: Observable<Report<K>>;
  /** Where it stands. `value` is read when it is asked for. */
  readonly status$: ReadonlyBehaviorSubject<WorkStatus>;
  /** Why a key does or does not run. */
  explain(key: K): Explanation<K>;
  /**
   * Runs the keys of wakes, and emits the reports, until the wakes have completed and nothing is left to do, or until it is
   * drained. Unsubscribing aborts all runs. One subscription at a time; the keys that wait are kept for the next one.
   */
  reconcile(wakes$: Observable<Wake<K>>): Observable<Report<K>>;
  /**
   * Starts no more runs, and resolves when all have ended. After the deadline they are aborted. What `reconcile` returned
   * completes.
   */
  drain(options?: DrainOptions): Promise<Drained<K>>;
}

/** How long a drain waits. */
export interface DrainOptions {
  /** When the runs are aborted, in milliseconds. Default: never. */
  readonly deadline?: number;
}

const stateOf = {
  gone: 'idle',
  waiting: 'delayed',
  stopped: 'gaveUp',
  ready: 'ready',
  held: 'held',
  running: 'running',
} as const;

/** Makes the pump look for keys again. No source can emit it. */
const lookAgain = Symbol('look again');

/** The queue and its runs, as one pump over one backlog. */
class WorkQueue<K extends string> implements Reconciler<K>, Backlog<Entry<K>, Wake<K> | typeof lookAgain> {
  readonly reports$: Observable<Report<K>>;
  readonly status$: ReadonlyBehaviorSubject<WorkStatus>;

  private readonly settings: Settings<K>;
  private readonly lines: WorkLines<K>;
  private readonly runs: ActiveRuns<K>;
  private readonly holds: HeldKeys<K>;
  private readonly turn: FairTurn;
  private readonly reports = new Subject<Report<K>>();
  private readonly changed$ = new Subject<void>();
  private readonly deliveries = new DeliveryQueue();
  /** Wakes the pump; `undefined` while there is none. */
  private nudge$: Subject<typeof lookAgain> | undefined;
  private hasEnded = false;
  private isOpen = true;
  private isDraining = false;
  private nextAt = Infinity;
  private nextTimer = Subscription.EMPTY;

  constructor(run: (run: Run<K>) => RunResult, options?: ReconcileOptions<K>) {
    checkedFunction('run', run);
    this.settings = checkedSettings(options);
    this.lines = new WorkLines(this.settings);
    const { scheduler } = this.settings;
    const nudge = (): void => this.nudge();
    this.runs = new ActiveRuns(this.lines, run, this.settings, {
      report: (report) => this.report(report),
      changed: nudge,
    });
    this.holds = new HeldKeys(this.settings, (entry) => {
      this.lines.release(entry);
      this.nudge();
    });
    this.turn = new FairTurn(scheduler, nudge);
    this.reports$ = this.reports.asObservable();
    const read = (): WorkStatus => this.status;
    this.status$ = behavior(this.changed$.pipe(startWith(undefined), map(read)), read);
  }

  reconcile(wakes$: Observable<Wake<K>>): Observable<Report<K>> {
    return new Observable((subscriber) => {
      if (this.nudge$ !== undefined) {
        const error = new Error('this work queue has a subscriber: share its reports, or make another one');
        subscriber.error(error);
        return;
      }
      const nudge$ = new Subject<typeof lookAgain>();
      this.nudge$ = nudge$;
      this.hasEnded = this.isDraining = false;
      const { opened$, concurrency } = this.settings;
      this.isOpen = opened$ === undefined;
      subscriber.add(() => this.close(nudge$));
      subscribeWithin(subscriber, this.reports, { next: (report) => subscriber.next(report) });
      const wakesAndNudges$ = new Observable<Wake<K> | typeof lookAgain>((wake) => {
        subscribeWithin(wake, nudge$, { next: () => wake.next(lookAgain) });
        // Before the wakes, so that none of them runs while it is closed.
        if (opened$) subscribeWithin(wake, opened$, { next: (isOpen) => this.open(isOpen), complete: () => undefined });
        const ended = (): void => {
          this.hasEnded = true;
          this.nudge();
        };
        subscribeWithin(wake, wakes$, { next: (value) => wake.next(value), complete: ended });
      });
      // The last report may still be on its way.
      const complete = (): void =>
        this.deliveries.deliver(() => {
          // Before anybody hears of the end, who may subscribe again.
          this.close(nudge$);
          subscriber.complete();
        });
      const done$ = pump(this, wakesAndNudges$, (entry) => this.runs.start(entry), { concurrency });
      subscribeWithin(subscriber, done$, { complete });
    });
  }

  async drain({ deadline = Infinity }: DrainOptions = {}): Promise<Drained<K>> {
    checkedPeriod('deadline', deadline);
    this.isDraining = true;
    const abort = (): void => this.runs.abortAll('drained');
    const timer = deadline < Infinity ? runAfter(deadline, this.settings.scheduler, abort) : Subscription.EMPTY;
    const drained$ = this.changed$.pipe(
      startWith(undefined),
      filter(() => this.runs.list.every(({ isAbandoned }) => isAbandoned)),
      map(() => ({ running: this.runs.list.map(({ entry }) => entry.key) })),
      take(1),
      // At once, and not when the promise is heard of: the queue may have been subscribed to again by then.
      finalize(() => timer.unsubscribe()),
    );
    const drained = firstValueFrom(drained$, { defaultValue: { running: [] } });
    this.nudge();
    return await drained;
  }

  explain(key: K): Explanation<K> {
    const entry = this.lines.get(key) as Entry<K> | undefined;
    if (entry === undefined) return explained({ key, state: 'idle', failures: 0, reasons: [], isPending: false });
    const now = this.settings.clock.now();
    const { phase, since, dueAt, priority, failures, failure, reasons, isPending, hasGivenUp } = entry;
    const active = this.runs.list.find((run) => run.entry === entry);
    const state = stateOf[phase];
    const stands = phase === 'ready' || phase === 'held' || phase === 'running';
    const lasts = stands ? now - (active?.startedAt ?? since) : undefined;
    return explained({
      key,
      state: active?.isAbandoned === true ? 'abandoned' : state,
      ...(lasts !== undefined && { lasts: Math.max(0, lasts) }),
      ...(dueAt < Infinity && { next: Math.max(0, dueAt - now) }),
      ...(stands && (phase !== 'running' || isPending) && { priority }),
      failures,
      ...((failures > 0 || hasGivenUp) && { failure }),
      ...(phase === 'held' && { waitsFor: this.holds.holdOf(entry)?.reason }),
      reasons: reasons.listed,
      isPending,
    });
  }

  push(wake: Wake<K> | typeof lookAgain): void {
    if (wake === lookAgain) return;
    const checked = checkedWake(wake);
    if (checked.wake) this.lines.wake(checked.wake, this.settings.clock.now());
    if (checked.error) {
      const key = checked.wake?.key ?? ('' as K);
      this.report({ key, attempt: 1, took: 0, waited: 0, reasons: [], type: 'refused', error: checked.error });
    }
  }

  take(): Entry<K> | undefined {
    const { lines, settings } = this;
    const now = settings.clock.now();
    if (lines.nextDue <= now) lines.promote(now);
    // It may be about to end: the end of an aborted run frees its slot.
    if (!this.mayGoOn() || lines.count('ready') === 0) return undefined;
    if (!this.turn.mayStart(now) || (settings.pace?.wait(now) ?? 0) > 0) return undefined;
    for (let entry = lines.take(); entry !== undefined; entry = lines.take()) {
      const start = this.holds.ask(entry);
      if (start.type === 'held') continue;
      if (start.type === 'behind') this.reportBehind(entry, start.hold.reason, now);
      if (!this.mayGoOn()) {
        lines.release(entry);
        return undefined;
      }
      settings.pace?.start(now);
      return entry;
    }
    return undefined;
  }

  /** False where what was called meanwhile, such as a subscriber of reports, has ended or closed it. */
  private mayGoOn(): boolean {
    return this.nudge$ !== undefined && this.isOpen && !this.isDraining;
  }

  done(): void {
    // The end of a run has decided what becomes of its key.
  }

  isDrained(): boolean {
    return this.isDraining || (this.hasEnded && this.lines.isIdle);
  }

  rest(): void {
    this.arm();
    this.changed$.next();
  }

  private get status(): WorkStatus {
    const { lines, runs, settings, isOpen, isDraining, nudge$ } = this;
    const now = settings.clock.now();
    const oldest = lines.oldestSince();
    const [longest] = runs.list;
    return Object.freeze({
      isConnected: nudge$ !== undefined,
      isOpen: isOpen && !isDraining,
      ready: lines.count('ready'),
      low: lines.readyBelow(0),
      delayed: lines.count('waiting'),
      held: lines.count('held'),
      running: lines.count('running'),
      abandoned: runs.list.filter(({ isAbandoned }) => isAbandoned).length,
      failing: lines.failing,
      gaveUp: lines.givenUp,
      oldest: oldest === undefined ? undefined : Math.max(0, now - oldest),
      longestRun: longest && Math.max(0, now - longest.startedAt),
      lastEnd: runs.endedAt === undefined ? undefined : Math.max(0, now - runs.endedAt),
    });
  }

  private nudge(): void {
    if (this.nudge$) this.nudge$.next(lookAgain);
    else this.changed$.next();
  }

  private open(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.nudge();
  }

  private report(report: Report<K>): void {
    this.deliveries.deliver(() => this.reports.next(report));
  }

  private reportBehind({ key, failures, since, reasons }: Entry<K>, reason: unknown, now: number): void {
    const base = { key, attempt: failures + 1, took: 0, waited: Math.max(0, now - since), reasons: reasons.listed };
    this.report({ ...base, type: 'behind', reason });
  }

  /** Wakes the pump when the next time of a key comes, or the next start may be. */
  private arm(): void {
    if (this.nudge$ === undefined) return;
    const { pace, clock, scheduler } = this.settings;
    // The clock is read only where there is something to wait for: this is asked after each run.
    if (pace === undefined && this.lines.nextDue === this.nextAt) return;
    const now = clock.now();
    const wait = this.lines.count('ready') > 0 && this.isOpen && !this.isDraining ? (pace?.wait(now) ?? 0) : 0;
    const at = Math.min(this.lines.nextDue, wait > 0 ? now + wait : Infinity);
    if (at === this.nextAt) return;
    this.nextTimer.unsubscribe();
    this.nextAt = at;
    if (at === Infinity) return;
    // Timers of a platform hold whole milliseconds, and some come early.
    this.nextTimer = runAfter(Math.max(0, Math.ceil(at - now)), scheduler, () => {
      this.nextAt = Infinity;
      // Also while no slot is free: otherwise the timer would be set again at once.
      this.lines.promote(clock.now());
      this.nudge();
    });
  }

  private close(ended$: Subject<typeof lookAgain>): void {
    if (this.nudge$ !== ended$) return;
    this.nudge$ = undefined;
    this.nextTimer.unsubscribe();
    this.nextAt = Infinity;
    this.turn.stop();
    this.holds.stop();
    this.runs.abortAll('unsubscribed');
    this.runs.stopTimers();
    this.changed$.next();
  }
}

/**
 * Returns a work queue and its runs: what {@link reconcileBy} is an operator over, with a status and a drain. Throws a
 * RangeError or a TypeError for an invalid option.
 *
 * ```ts
 * const queue = reconciler(({ key }) => console.log(key), { concurrency: 4 });
 * queue.reconcile(of({ key: 'a' }, { key: 'b' })).subscribe(({ type }) => console.log(type));
 * console.log(queue.status$.value.ready, queue.explain('a').text);
 * ```
 */
export function reconciler<K extends string = string>(
  run: (run: Run<K>) => RunResult,
  options?: ReconcileOptions<K>,
): Reconciler<K> {
  return new WorkQueue(run, options);
}
