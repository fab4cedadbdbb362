import type { OperatorFunction } from 'rxjs';
import { reconciler } from './reconciler.ts';
import type { Report } from './report.ts';
import type { Run, RunResult } from './run.ts';
import type { ReconcileOptions } from './settings.ts';
import type { Wake } from './wake.ts';

/**
 * A queue of keys and its workers, as one operator: from wakes to reports. It calls `run` for the keys that were woken, at most
 * `concurrency` at a time, and a key never twice at a time.
 *
 * **Promised.** Each wake is followed by a run that starts after it. A failure is a report and is retried; no failure of a run
 * ends the stream. A wake during the delay before a retry runs at once and uses up no retry. No priority starves. The
 * operator has one lock for each key, and keeps it from one subscription to the next: a promise that outlives its subscription
 * keeps its key. Memory is that of the keys that wait, run, or have failed since their last success.
 *
 * **Not promised.** One run for each wake: wakes join. That an aborted promise ends: see `abandonAfter`.
 *
 * It completes when its source has completed and nothing is left to do. It errors only if its source does, or if it has a
 * subscriber already. Unsubscribing aborts the runs. Throws a RangeError or a TypeError for an invalid option.
 *
 * ```ts
 * const wakes$ = merge(of({ key: 'a' }, { key: 'b' }), interval(minutes(1)).pipe(map(() => ({ key: 'a' }))));
 * wakes$.pipe(reconcileBy(({ key, attempt }) => console.log(key, attempt), { concurrency: 4 })).subscribe();
 * ```
 */
export function reconcileBy<K extends string = string>(
  run: (run: Run<K>) => RunResult,
  options?: ReconcileOptions<K>,
): OperatorFunction<Wake<K>, Report<K>> {
  const queue = reconciler(run, options);
  return (wakes$) => queue.reconcile(wakes$);
}
