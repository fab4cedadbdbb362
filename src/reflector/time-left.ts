import type { SchedulerLike } from 'rxjs';
import { minWatchInterval } from './settings.ts';

/** What is left of a period that began at a time, in milliseconds: all of it at most, whatever the wall clock did meanwhile. */
export function timeLeft(period: number, since: number, scheduler: SchedulerLike): number {
  const elapsed = Math.max(0, scheduler.now() - since);
  return Math.max(0, period - elapsed);
}

/** Milliseconds until the next watch request may be sent. */
export function untilNextWatch(watchedAt: number, scheduler: SchedulerLike): number {
  return timeLeft(minWatchInterval, watchedAt, scheduler);
}
