import type { SchedulerLike } from 'rxjs';
import { minWatchInterval } from './settings.ts';

/** Milliseconds until the next watch request may be sent, at most the interval, whatever the wall clock did meanwhile. */
export function untilNextWatch(watchedAt: number, scheduler: SchedulerLike): number {
  const elapsed = Math.max(0, scheduler.now() - watchedAt);
  return Math.max(0, minWatchInterval - elapsed);
}
