import { asyncScheduler, type SchedulerLike, type TimestampProvider } from 'rxjs';

const platform = globalThis as unknown as { readonly performance: TimestampProvider };

/**
 * The time by which delays are counted: that of a virtual scheduler, and the platform's monotonic one for the scheduler of the
 * platform, whose `now` is the wall clock and jumps. Its origin means nothing.
 */
export function monotonicClock(scheduler: SchedulerLike): TimestampProvider {
  // Looked up at each call: fake timers of a test put another one in its place, as they do with `setInterval`.
  return scheduler === asyncScheduler ? { now: () => platform.performance.now() } : scheduler;
}
