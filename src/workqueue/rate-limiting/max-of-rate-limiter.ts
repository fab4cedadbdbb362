import type { RateLimiter } from './rate-limiter.ts';

/**
 * Asks several limiters and takes the longest delay, and the highest count: client-go's MaxOfRateLimiter. Without a limiter
 * there is no delay.
 *
 * ```ts
 * const limiter = maxOfRateLimiter<string>(itemExponentialFailureRateLimiter(), bucketRateLimiter());
 * console.log(limiter.when('a')); // 5
 * ```
 */
export function maxOfRateLimiter<T>(...limiters: readonly RateLimiter<T>[]): RateLimiter<T> {
  return {
    // All are asked, so that all count.
    when: (item) => Math.max(0, ...limiters.map((limiter) => limiter.when(item))),
    forget: (item) => {
      for (const limiter of limiters) limiter.forget(item);
    },
    numRequeues: (item) => Math.max(0, ...limiters.map((limiter) => limiter.numRequeues(item))),
  };
}
