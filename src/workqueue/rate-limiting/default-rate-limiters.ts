import type { SchedulerLike } from 'rxjs';
import { bucketRateLimiter } from './bucket-rate-limiter.ts';
import { itemExponentialFailureRateLimiter } from './item-exponential-failure-rate-limiter.ts';
import { maxOfRateLimiter } from './max-of-rate-limiter.ts';
import type { RateLimiter } from './rate-limiter.ts';

/**
 * Both for each item (5 ms, doubling to 1000 s) and for all together (10 each second, after a burst of 100): client-go's
 * DefaultControllerRateLimiter.
 *
 * ```ts
 * const queue = rateLimitingQueue<string>({ rateLimiter: defaultControllerRateLimiter() });
 * queue.addRateLimited('a');
 * ```
 */
export function defaultControllerRateLimiter<T>({
  scheduler,
}: { readonly scheduler?: SchedulerLike } = {}): RateLimiter<T> {
  return maxOfRateLimiter<T>(itemExponentialFailureRateLimiter(), bucketRateLimiter(scheduler && { scheduler }));
}

/**
 * For each item alone, 1 ms, doubling to 1000 s: client-go's DefaultItemBasedRateLimiter.
 *
 * ```ts
 * console.log(defaultItemBasedRateLimiter<string>().when('a')); // 1
 * ```
 */
export function defaultItemBasedRateLimiter<T>(): RateLimiter<T> {
  return itemExponentialFailureRateLimiter({ base: 1 });
}
