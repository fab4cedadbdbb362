import type { TimestampProvider } from 'rxjs';

/** What is left of a period that began at `since`, in milliseconds. A wall clock that was set back makes it no longer than the period. */
export function timeLeft(period: number, since: number, clock: TimestampProvider): number {
  const elapsed = Math.max(0, clock.now() - since);
  return Math.max(0, period - elapsed);
}
