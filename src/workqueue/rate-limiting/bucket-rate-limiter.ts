import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { monotonicClock } from '../../streams/time/monotonic-clock.ts';
import { StartPace } from '../runs/start-pace.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** A bucket of tokens. */
export interface Bucket {
  /** Tokens for each second. Default 10. */
  readonly rate?: number;
  /** Tokens that the bucket holds. Default 100. */
  readonly burst?: number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Delays all items together so that they come at a rate, after a burst: client-go's BucketRateLimiter. Each call takes a token, and
 * none is given back. Throws a RangeError for a rate that is not above 0, or a burst below 1.
 *
 * ```ts
 * const limiter = bucketRateLimiter<string>({ rate: 10, burst: 1 });
 * console.log(limiter.when('a')); // 0
 * ```
 */
export function bucketRateLimiter<T>({
  rate = 10,
  burst = 100,
  scheduler = asyncScheduler,
}: Bucket = {}): RateLimiter<T> {
  const pace = new StartPace({ rate, burst });
  const clock = monotonicClock(scheduler);
  return {
    when: () => {
      const now = clock.now();
      const wait = pace.wait(now);
      pace.start(now);
      return wait;
    },
    forget: () => undefined,
    numRequeues: () => 0,
  };
}
