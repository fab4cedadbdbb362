import { asyncScheduler, type Observable, type SchedulerLike } from 'rxjs';
import { runAfter } from '../reflector/run-after.ts';
import { checkedPeriod } from '../time/period.ts';
import type { Condition } from './condition.ts';
import { firstMatch, type SignalOptions } from './first-match.ts';
import { WaitTimeoutError } from './wait-error.ts';

/** How long a wait takes at most. */
export interface WaitForOptions extends SignalOptions {
  /** In milliseconds, after which the wait is rejected with a {@link WaitTimeoutError}. Default `Infinity`. */
  readonly timeout?: number | undefined;
  /** What is waited for, for the error: `pod web-0 to be ready`. */
  readonly waitedFor?: string | undefined;
  /** Where the timeout runs. Default `asyncScheduler`; of an informer its own. */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * The first object of a stream, such as `informer.object$(key)`, of which a condition holds; it may be `undefined`, no object.
 * Subscribes until then. Rejected with a RangeError on a negative timeout, and with what the condition throws.
 */
export async function waitFor<T>(
  object$: Observable<T | undefined>,
  condition: Condition<T>,
  { timeout = Infinity, waitedFor = 'the condition', scheduler = asyncScheduler, signal }: WaitForOptions = {},
): Promise<T | undefined> {
  checkedPeriod('timeout', timeout);
  const timedOut = new AbortController();
  const timer = runAfter(timeout, scheduler, () => timedOut.abort(new WaitTimeoutError(waitedFor, timeout)));
  const signals = signal ? AbortSignal.any([signal, timedOut.signal]) : timedOut.signal;
  try {
    return await firstMatch(object$, condition, { signal: signals });
  } finally {
    timer.unsubscribe();
  }
}
