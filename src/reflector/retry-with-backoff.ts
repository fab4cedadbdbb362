import { asyncScheduler, type Observable, type SchedulerLike } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { checkedRandom } from '../streams/checks/checked-random.ts';
import type { Backoff } from '../streams/time/backoff.ts';
import { firstList } from './cursor.ts';
import { repeatSessions } from './repeat-sessions.ts';
import { RequestPace } from './request-pace.ts';
import type { RepeatedSession } from './request-turns.ts';
import { retryDelays } from './retry-rules.ts';
import { resumable, type Session } from './session.ts';

/** How a session is repeated. Every option has a default. */
export interface RetryWithBackoffOptions {
  /**
   * How delays grow. Default {@link reflectorBackoff}, 800 ms doubling to 30 s, up to +100% by chance, where the server has
   * answered; {@link hostBackoff}, 1 s growing by a quarter to 3.9 s, up to +10%, where it has not. What is given counts for both.
   */
  readonly backoff?: Partial<Backoff>;
  /** Where timers run. Default `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Chance, from 0 to 1. Default `Math.random`. Where it throws it is 0, and RxJS reports the error. */
  readonly random?: () => number;
}

/**
 * Runs one session after the other, for ever: it never completes, and never errors. A failure becomes an `Interrupted`
 * value and the next session starts within `retryIn` milliseconds, where the last one left off.
 *
 * **A server that answers with a failure** is asked again after a delay that grows from failure to failure, or after the
 * delay that it asks for. Progress resets that: a bookmark or a change, a watch that has been open for a minute, or one that
 * broke after a second. A list is not progress, nor is the start of a watch.
 *
 * **A server that does not answer** is asked one request after the other, by all reflectors of this process that know it by
 * the same `host`, at most 19 times a minute; as soon as one is answered, all go on. `retryIn` is then the latest time.
 *
 * **At once**, within 250 ms, follows the list after a 410, unless a watch gave way to a list within the last two minutes, and
 * a watch in place of one that broke after it had been open for a second. No two watch requests are closer than a second,
 * whatever ended the first.
 *
 * Each subscription has a place in the versions and delays of its own: two subscribers run two reflectors.
 *
 * ```ts
 * retryWithBackoff(listAndWatch(podListerWatcher)).subscribe((event) => {
 *   if (event.type === 'Interrupted') console.warn(event.error.message, event.retryIn);
 * });
 * ```
 */
export function retryWithBackoff<T>(
  session: Session<T>,
  options: RetryWithBackoffOptions = {},
): Observable<CacheEvent<T>> {
  const { scheduler = asyncScheduler, backoff = {} } = options;
  const delays = retryDelays(backoff, checkedRandom(options.random));
  const repeated: RepeatedSession<T> = { session: checkedFunction('session', resumable(session)), delays, scheduler };
  return repeatSessions(repeated, () => ({ pace: new RequestPace(scheduler), cursor: firstList }));
}
