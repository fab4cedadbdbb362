import { seconds } from '../../streams/time/duration.ts';
import { checkedPeriod } from '../../streams/time/period.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { RequeueCounts } from './requeue-counts.ts';

/** Delays that double, in milliseconds. */
export interface ExponentialDelays {
  /** The first delay. Default 5 ms. */
  readonly base?: number;
  /** The longest. Default 1000 s. */
  readonly max?: number;
}

/**
 * Doubles the delay of an item each time, up to a limit, until the item is forgotten: client-go's
 * ItemExponentialFailureRateLimiter, without jitter. Throws a RangeError for a negative delay.
 *
 * ```ts
 * const limiter = itemExponentialFailureRateLimiter<string>({ base: 10 });
 * console.log(limiter.when('a'), limiter.when('a')); // 10 20
 * ```
 */
export function itemExponentialFailureRateLimiter<T>({
  base = 5,
  max = seconds(1000),
}: ExponentialDelays = {}): RateLimiter<T> {
  checkedPeriod('base', base);
  checkedPeriod('max', max);
  const counts = new RequeueCounts<T>();
  return {
    when: (item) => {
      const failures = counts.count(item);
      // After many failures the factor is infinite, and 0 times infinity is NaN.
      return base === 0 ? 0 : Math.min(max, base * 2 ** failures);
    },
    forget: (item) => counts.forget(item),
    numRequeues: (item) => counts.of(item),
  };
}
