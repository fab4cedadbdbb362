import { asyncScheduler, type SchedulerLike, type TimestampProvider } from 'rxjs';

const { performance } = globalThis as unknown as { readonly performance: TimestampProvider };

/**
 * The time by which delays are counted: that of a virtual scheduler, and the platform's monotonic one for the scheduler of the
 * platform, whose `now` is the wall clock and jumps. Its origin means nothing.
 */
export function monotonicClock(scheduler: SchedulerLike): TimestampProvider {
  // eslint-disable-next-line no-restricted-properties -- the one default of a clock
  return scheduler === asyncScheduler ? { now: () => performance.now() } : scheduler;
}
