import { asyncScheduler, Observable, type SchedulerLike, takeUntil, tap } from 'rxjs';
import { runAfter } from '../../streams/time/run-after.ts';
import { checkedPeriod } from '../../streams/time/period.ts';
import type { Condition } from './condition.ts';
import { firstMatch, type SignalOptions } from './first-match.ts';
import { WaitTimeoutError } from './wait-error.ts';

/** How long a wait takes at most. */
export interface WaitForOptions extends SignalOptions {
  /**
   * In milliseconds, after which the wait is rejected with a {@link WaitTimeoutError}. 0 looks once. Default `Infinity`,
   * which needs no timer.
   */
  readonly timeout?: number | undefined;
  /** What is waited for, for errors: `pod web-0 to be ready`. */
  readonly waitedFor?: string | undefined;
  /** Where the timeout runs. Default `asyncScheduler`; of an informer its own. */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * The first object of a stream, such as `informer.observe(key)`, of which a condition holds; it may be `undefined`, no object.
 * Subscribes until then. Rejected with a `WaitTimeoutError`, with the reason of the signal, with a `WaitEndedError` where
 * the stream ends, with its error, with what the condition throws, and with a RangeError on a negative timeout.
 *
 * ```ts
 * const web = await waitFor(pods.observe('default/web-0'), isReady, { timeout: minutes(1) });
 * console.log(web?.metadata.uid);
 * ```
 */
export async function waitFor<T>(
  object$: Observable<T | undefined>,
  condition: Condition<T>,
  { timeout = Infinity, waitedFor = 'the condition', scheduler = asyncScheduler, signal }: WaitForOptions = {},
): Promise<T | undefined> {
  checkedPeriod('timeout', timeout);
  if (timeout === Infinity) return await firstMatch(object$, condition, { signal, waitedFor });
  let seen: readonly unknown[] = [];
  const timedOut$ = new Observable<never>((subscriber) =>
    runAfter(timeout, scheduler, () => subscriber.error(new WaitTimeoutError(waitedFor, timeout, seen))),
  );
  const timely$ = object$.pipe(
    tap((object) => (seen = [object])),
    takeUntil(timedOut$),
  );
  return await firstMatch(timely$, condition, { signal, waitedFor });
}
