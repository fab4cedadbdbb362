import type { SchedulerLike } from 'rxjs';
import { timeLeft } from '../streams/time/time-left.ts';
import { minWatchInterval } from './settings.ts';

/** Milliseconds until the next watch request may be sent. */
export function untilNextWatch(watchedAt: number, scheduler: SchedulerLike): number {
  return timeLeft(minWatchInterval, watchedAt, scheduler);
}
