import { checkedPeriod } from '../../streams/time/period.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { RequeueCounts } from './requeue-counts.ts';

/** Two delays, in milliseconds. */
export interface FastSlowDelays {
  readonly fast: number;
  readonly slow: number;
  /** How often an item gets the fast delay. */
  readonly maxFastAttempts: number;
}

/**
 * Delays an item by the fast delay a few times and then by the slow one: client-go's ItemFastSlowRateLimiter. Throws a RangeError for
 * a negative delay or count.
 *
 * ```ts
 * const limiter = itemFastSlowRateLimiter<string>({ fast: 5, slow: seconds(10), maxFastAttempts: 1 });
 * console.log(limiter.when('a'), limiter.when('a')); // 5 10000
 * ```
 */
export function itemFastSlowRateLimiter<T>({ fast, slow, maxFastAttempts }: FastSlowDelays): RateLimiter<T> {
  checkedPeriod('fast', fast);
  checkedPeriod('slow', slow);
  if (!(maxFastAttempts >= 0))
    throw new RangeError(`maxFastAttempts is ${String(maxFastAttempts)}; it takes numbers from 0 on`);
  const counts = new RequeueCounts<T>();
  return {
    when: (item) => (counts.count(item) < maxFastAttempts ? fast : slow),
    forget: (item) => counts.forget(item),
    numRequeues: (item) => counts.of(item),
  };
}
