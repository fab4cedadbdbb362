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
  /** Aborted when the run is to end, with a {@link RunAbortedError}. Hand it to what the run waits for. */
  readonly signal: AbortSignal;
}

/**
 * What a run returns. A promise is done when it settles. An Observable is cancelled by unsubscribing; its last value is the
 * outcome, and none is as good as `undefined`. A value that is both counts as an Observable.
 */
export type RunResult = Outcome | Observable<Outcome> | PromiseLike<Outcome>;
