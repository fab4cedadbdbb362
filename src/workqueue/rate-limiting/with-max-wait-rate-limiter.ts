import { checkedPeriod } from '../../streams/time/period.ts';
import type { RateLimiter } from './rate-limiter.ts';

/**
 * Cuts the delays of a limiter to a longest one, in milliseconds: client-go's WithMaxWaitRateLimiter. Throws a RangeError for a
 * negative one.
 *
 * ```ts
 * const limiter = withMaxWaitRateLimiter<string>(itemExponentialFailureRateLimiter(), seconds(30));
 * console.log(limiter.when('a')); // 5
 * ```
 */
export function withMaxWaitRateLimiter<T>(limiter: RateLimiter<T>, maxDelay: number): RateLimiter<T> {
  checkedPeriod('maxDelay', maxDelay);
  return {
    when: (item) => Math.min(maxDelay, limiter.when(item)),
    forget: (item) => limiter.forget(item),
    numRequeues: (item) => limiter.numRequeues(item),
  };
}
