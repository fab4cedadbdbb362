import { asyncScheduler, Observable, type SchedulerLike, takeUntil, tap } from 'rxjs';
import { checkedFunction } from '../../streams/checks/checked-function.ts';
import { checkedObservable } from '../../streams/checks/checked-observable.ts';
import { runAfter } from '../../streams/time/run-after.ts';
import { checkedPeriod } from '../../streams/time/period.ts';
import type { Condition } from './condition.ts';
import { firstMatch, type SignalOptions } from './first-match.ts';
import { WaitTimeoutError } from './wait-error.ts';

/** Options of a wait for a condition. */
export interface WaitForOptions extends SignalOptions {
  /**
   * The wait rejects with a {@link WaitTimeoutError} after this many milliseconds. 0 checks once. Default `Infinity`, without a
   * timer.
   */
  readonly timeout?: number | undefined;
  /** The words of the error for what is awaited: `pod web-0 to be ready`. */
  readonly waitedFor?: string | undefined;
  /** The scheduler of the timeout. Default: the informer's own, or `asyncScheduler`. */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Resolves with the first value of a stream, such as `informer.observe(key)`, for which a condition holds. The value may be
 * `undefined`: there is no object. Subscribes until then. Rejected with a `WaitTimeoutError`, with the reason of the signal, with a `WaitEndedError` where
 * the stream ends, with its error, with what the condition throws, with a RangeError on a negative timeout, and with a TypeError for what is neither an Observable nor
 * a condition.
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
  void checkedObservable('waitFor was given', object$);
  checkedFunction('condition', condition);
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
