import { minutes } from '../streams/time/duration.ts';
import { checkedPeriod } from '../streams/time/period.ts';

/** Where a work queue stands: an immutable value. Durations are in milliseconds, up to the moment at which it was read. */
export interface WorkStatus {
  /** True while somebody listens to the reports, so that runs start. */
  readonly isConnected: boolean;
  /** True while runs may start: `opened$` said so, and it is not drained. */
  readonly isOpen: boolean;
  /** Keys that stand in lines. */
  readonly ready: number;
  /** Those of them whose priority is below 0. */
  readonly low: number;
  /** Keys that wait for a time: a delay of a source, a requeue, a retry. */
  readonly delayed: number;
  /** Keys that `mayStart` holds back. */
  readonly held: number;
  /** Runs that have not ended, abandoned ones included. */
  readonly running: number;
  /** Runs that were aborted and did not end: their keys are locked. */
  readonly abandoned: number;
  /** Keys that have failed since their last success. */
  readonly failing: number;
  /** Those of them that only a wake makes run again. */
  readonly gaveUp: number;
  /** How long the key at the head of a line has waited; `undefined` if no line has a key. */
  readonly oldest: number | undefined;
  /** How long the oldest run has taken until now. */
  readonly longestRun: number | undefined;
  /** How long ago a run has ended last. */
  readonly lastEnd: number | undefined;
}

/**
 * True if a queue does not move: work is waiting, it may start, and no run has ended for 10 minutes, or for the time given.
 * For a probe of liveness. A queue that stands by is not wedged, nor is one without work.
 * Throws a RangeError for an invalid time.
 *
 * ```ts
 * const isAlive = (status: WorkStatus) => !isWedged(status, { within: minutes(5) });
 * ```
 */
export function isWedged(status: WorkStatus, { within = minutes(10) }: { readonly within?: number } = {}): boolean {
  checkedPeriod('within', within);
  const { isConnected, isOpen, oldest, lastEnd = Infinity } = status;
  return isConnected && isOpen && oldest !== undefined && oldest >= within && lastEnd >= within;
}
