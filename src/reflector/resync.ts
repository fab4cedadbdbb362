import { asyncScheduler, Observable, type MonoTypeOperatorFunction, type SchedulerLike, tap } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import { checkedPeriod } from '../streams/time/period.ts';
import { runAfter } from '../streams/time/run-after.ts';

/**
 * Adds a `Sync` event every `period` milliseconds, from the first `Replaced` on, whatever else happens: relists and
 * interruptions neither delay nor restart it. 0 and `Infinity` mean never, as 0 does in client-go; any length is exact.
 * Throws a RangeError on a negative period.
 *
 * ```ts
 * const cacheEvents$ = retryWithBackoff(listAndWatch(podListerWatcher)).pipe(resync(minutes(10)));
 * ```
 */
export function resync<T>(
  period: number,
  scheduler: SchedulerLike = asyncScheduler,
): MonoTypeOperatorFunction<CacheEvent<T>> {
  checkedPeriod('resync period', period);
  if (period === 0 || period === Infinity) return (source) => source;
  return (source) =>
    new Observable((subscriber) => {
      const arm = (): void => {
        subscriber.add(
          runAfter(period, scheduler, () => {
            arm();
            subscriber.next({ type: 'Sync' });
          }),
        );
      };
      let armed = false;
      const armOnce = (event: CacheEvent<T>): void => {
        if (armed || event.type !== 'Replaced') return;
        armed = true;
        arm();
      };
      source.pipe(tap(armOnce)).subscribe(subscriber);
    });
}
