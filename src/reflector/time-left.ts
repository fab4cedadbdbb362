import type { SchedulerLike } from 'rxjs';
import { minWatchInterval } from './settings.ts';

/** What is left of a period that began at `since`, in milliseconds. A wall clock that was set back makes it no longer than the period. */
export function timeLeft(period: number, since: number, scheduler: SchedulerLike): number {
  const elapsed = Math.max(0, scheduler.now() - since);
  return Math.max(0, period - elapsed);
}

/** Milliseconds until the next watch request may be sent. */
export function untilNextWatch(watchedAt: number, scheduler: SchedulerLike): number {
  return timeLeft(minWatchInterval, watchedAt, scheduler);
}
