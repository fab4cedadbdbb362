import type { AbortReason } from './runs/run-aborted-error.ts';
import type { Reason } from './wake.ts';

interface ReportBase<K extends string> {
  readonly key: K;
  /** 1, and one more for each failure since the last success. */
  readonly attempt: number;
  /** How long the run took, in milliseconds. */
  readonly took: number;
  /** How long the key had been ready before the run, in milliseconds. */
  readonly waited: number;
  /** In how many milliseconds the key runs again, if no wake comes before. `undefined`: not before a wake. */
  readonly next?: number | undefined;
  readonly reasons: readonly Reason[];
}

/**
 * What became of a run, as a value: no failure ends the stream. Each run that ends has one report:
 *
 * - `done`: it succeeded.
 * - `failed`: it runs again after `next`.
 * - `gaveUp`: it failed, and only a wake makes it run again.
 * - `conflict`: it lost a race, and runs again within 100 ms. Nothing is wrong.
 * - `timedOut`: it was aborted by `timeout`, and has ended. It runs again after `next`.
 * - `aborted`: it was aborted for another reason, and has ended.
 *
 * Three more tell what somebody should know meanwhile:
 *
 * - `abandoned`: it was aborted and did not end. Its slot is given to others, its key stays locked until it ends.
 * - `behind`: it starts though `mayStart` still holds it back, because the time for that is over.
 * - `refused`: a wake was invalid. If its key is valid, the key runs all the same.
 */
export type Report<K extends string = string> = ReportBase<K> &
  (
    | { readonly type: 'done' }
    | { readonly type: 'failed' | 'gaveUp' | 'conflict' | 'refused'; readonly error: unknown }
    | { readonly type: 'aborted' | 'timedOut' | 'abandoned'; readonly reason: AbortReason; readonly error?: unknown }
    | { readonly type: 'behind'; readonly reason: unknown }
  );
