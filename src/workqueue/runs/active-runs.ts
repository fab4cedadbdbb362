import { EMPTY, from, isObservable, Observable } from 'rxjs';
import { checkedOutcome } from '../checked-outcome.ts';
import { ActiveRun } from './active-run.ts';
import { isPromiseLike } from '../../streams/checks/is-promise-like.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import type { Entry } from '../lines/entry.ts';
import type { WorkLines } from '../lines/work-lines.ts';
import type { Outcome } from '../outcome.ts';
import type { Report } from '../report.ts';
import type { Run, RunResult } from '../run.ts';
import type { AbortReason } from './run-aborted-error.ts';
import type { Settings } from '../settings.ts';

type Result = { readonly value: unknown } | { readonly error: unknown };
type ReportBase<K extends string> = Pick<Report<K>, 'key' | 'attempt' | 'took' | 'waited' | 'reasons'>;

/** Whom the runs tell what happens to them. */
export interface RunListener<K extends string> {
  report(report: Report<K>): void;
  /** A key may start now that could not before. */
  changed(): void;
}

/**
 * The runs that have started and not settled. What a run does, and however it ends, is decided here in one synchronous step:
 * first its key, then its report, then its slot. So a subscriber of reports that throws decides nothing.
 */
export class ActiveRuns<K extends string> {
  private readonly active = new Set<ActiveRun<K>>();
  private readonly lines: WorkLines<K>;
  private readonly reconcile: (run: Run<K>) => RunResult;
  private readonly settings: Settings<K>;
  private readonly listener: RunListener<K>;
  /** When a run ended last. */
  endedAt: number | undefined;

  constructor(
    lines: WorkLines<K>,
    reconcile: (run: Run<K>) => RunResult,
    settings: Settings<K>,
    listener: RunListener<K>,
  ) {
    this.lines = lines;
    this.reconcile = reconcile;
    this.settings = settings;
    this.listener = listener;
  }

  /** Starts the run of a key that was taken. What it returns completes when the slot is free. */
  start(entry: Entry<K>): Observable<never> {
    const { identity, clock } = this.settings;
    const active = new ActiveRun(entry, this.lines.begin(entry, identity(entry.key)), clock.now());
    this.active.add(active);
    try {
      this.follow(active, this.reconcile(active.run));
    } catch (error) {
      this.settle(active, { error });
    }
    if (active.isOver) return EMPTY;
    const { timeout, scheduler } = this.settings;
    if (timeout < Infinity && active.abortedBy === undefined)
      active.timer = runAfter(timeout, scheduler, () => this.abort(active, 'timeout'));
    return active.slot$;
  }

  /** Aborts all runs. Those that end at once have ended when it returns. */
  abortAll(reason: AbortReason): void {
    for (const active of [...this.active]) this.abort(active, reason);
  }

  /** Leaves no timer: what has been aborted and goes on is not reported as abandoned. */
  stopTimers(): void {
    for (const active of this.active) active.stopTimer();
  }

  /** The runs that have not settled, the oldest first. */
  get list(): readonly ActiveRun<K>[] {
    return [...this.active];
  }

  private follow(active: ActiveRun<K>, result: RunResult): void {
    // Before a promise: a request that is both is sent once.
    if (isObservable(result)) {
      if (active.abortedBy === undefined) this.subscribe(active, from(result));
      else this.settle(active, { value: undefined });
    } else if (isPromiseLike(result)) {
      result.then(
        (value) => this.settle(active, { value }),
        (error: unknown) => this.settle(active, { error }),
      );
    } else {
      this.settle(active, { value: result });
    }
  }

  private subscribe(active: ActiveRun<K>, result$: Observable<Outcome>): void {
    let value: Outcome;
    const followed$ = new Observable<Outcome>((inner) => {
      // Known before the source is subscribed to, so that a run can be aborted from within.
      active.inner = inner;
      return result$.subscribe(inner);
    });
    followed$.subscribe({
      next: (next) => {
        value = next;
      },
      error: (error: unknown) => this.settle(active, { error }),
      complete: () => this.settle(active, { value }),
    });
  }

  private abort(active: ActiveRun<K>, reason: AbortReason): void {
    if (active.isOver) return;
    if (active.abortedBy === undefined) this.abortNow(active, reason);
    // What listens to the signal may have ended it. One that was left behind by an unsubscribe has no timer yet.
    if ((active.isOver as boolean) || active.isAbandoned || active.timer !== undefined) return;
    if (reason === 'unsubscribed') return;
    const { abandonAfter, scheduler } = this.settings;
    active.timer = runAfter(abandonAfter, scheduler, () => this.abandon(active, reason));
  }

  private abortNow(active: ActiveRun<K>, reason: AbortReason): void {
    active.stopTimer();
    active.abort(reason);
    if (active.inner !== undefined) this.settle(active, { value: undefined });
  }

  private abandon(active: ActiveRun<K>, reason: AbortReason): void {
    active.stopTimer();
    active.isAbandoned = true;
    this.listener.report({ ...this.baseOf(active, this.settings.clock.now()), type: 'abandoned', reason });
    active.freeSlot();
    this.listener.changed();
  }

  private settle(active: ActiveRun<K>, result: Result): void {
    if (active.isOver) return;
    active.isOver = true;
    active.stopTimer();
    const torn = active.tearDown();
    this.active.delete(active);
    this.endedAt = this.settings.clock.now();
    const report = this.ended(active, torn ?? result, this.endedAt);
    this.listener.report(report);
    active.freeSlot();
    this.listener.changed();
  }

  private ended(active: ActiveRun<K>, result: Result, now: number): Report<K> {
    const { abortedBy } = active;
    if (abortedBy !== undefined) return this.interrupted(active, abortedBy, result, now);
    if ('error' in result) return this.failed(active, result.error, now);
    try {
      return this.succeeded(active, result.value, now);
    } catch (error) {
      return this.failed(active, error, now);
    }
  }

  private succeeded(active: ActiveRun<K>, value: unknown, now: number): Report<K> {
    const { requeueAfter = Infinity, priority = 0 } = checkedOutcome(value);
    const next = this.lines.end(active.entry, { type: 'succeeded', delay: requeueAfter, priority }, now);
    return { ...this.baseOf(active, now), type: 'done', next: finite(next) };
  }

  private failed(active: ActiveRun<K>, error: unknown, now: number): Report<K> {
    const { retry, random } = this.settings;
    const { entry } = active;
    const retried = retry.of(error, random);
    if (retried.type === 'conflict') {
      const next = this.lines.end(entry, { type: 'interrupted', delay: retried.delay }, now);
      return { ...this.baseOf(active, now), type: 'conflict', error, next: finite(next) };
    }
    const { delayAfter } = retried;
    const ending = { type: 'failed', error, delayAfter, firstDelay: retry.firstDelay } as const;
    const next = this.lines.end(entry, ending, now);
    return { ...this.baseOf(active, now), type: entry.hasGivenUp ? 'gaveUp' : 'failed', error, next: finite(next) };
  }

  private interrupted(active: ActiveRun<K>, reason: AbortReason, result: Result, now: number): Report<K> {
    const { entry, begun } = active;
    const isTimedOut = reason === 'timeout';
    const delay = isTimedOut ? this.settings.retry.firstDelay : Infinity;
    // A run that had to end has done nothing that counts: it is due again as soon as runs start again.
    const again = isTimedOut ? undefined : begun;
    const next = this.lines.end(entry, { type: 'interrupted', delay, ...(again && { again }) }, now);
    const type = isTimedOut ? 'timedOut' : 'aborted';
    return {
      ...this.baseOf(active, now),
      type,
      reason,
      ...('error' in result && { error: result.error }),
      ...(isTimedOut && { next: finite(next) }),
    };
  }

  private baseOf({ entry, begun, startedAt }: ActiveRun<K>, now: number): ReportBase<K> {
    const { attempt, since, listed } = begun;
    return {
      key: entry.key,
      attempt,
      took: Math.max(0, now - startedAt),
      waited: Math.max(0, startedAt - since),
      reasons: listed,
    };
  }
}

function finite(next: number): number | undefined {
  return next < Infinity ? next : undefined;
}
