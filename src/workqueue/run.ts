import type { Observable } from 'rxjs';
import type { Outcome } from './outcome.ts';
import type { Reason } from './wake.ts';

/** One run of a key: why it runs, and the signal that ends it. */
export interface Run<K extends string = string> {
  readonly key: K;
  /** 1, and one more for each failure since the last success. */
  readonly attempt: number;
  /** Why it runs: the first eight of its reasons. */
  readonly reasons: readonly Reason[];
  /** How many more reasons there were. */
  readonly moreReasons: number;
  /** Aborted when the run is to end; its reason is an {@link AbortReason}. Hand it to what the run waits for. */
  readonly signal: AbortSignal;
}

/**
 * Why the signal of a run was aborted. It decides what a run still writes down: mostly nothing.
 *
 * - `unsubscribed`: nobody listens to the reports any more.
 * - `timeout`: the run outlasted the option `timeout`.
 * - `drained`: the deadline of a drain has passed.
 */
export type AbortReason = 'unsubscribed' | 'timeout' | 'drained';

/**
 * What a run returns. A promise is done when it settles. An Observable is cancelled by unsubscribing; its last value is the
 * outcome, and none is as good as `undefined`. A value that is both counts as an Observable.
 */
export type RunResult = Outcome | Observable<Outcome> | PromiseLike<Outcome>;
