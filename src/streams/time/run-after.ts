import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { firstHop } from './period.ts';

/** Runs `action` once after `delay` milliseconds. A delay longer than a timer can hold is split; `Infinity` never ends. */
export function runAfter(delay: number, scheduler: SchedulerLike, action: () => void): Subscription {
  let remaining = delay;
  return scheduler.schedule(function (this: SchedulerAction<undefined>) {
    remaining -= firstHop(remaining);
    if (remaining > 0) return void this.schedule(undefined, firstHop(remaining));
    // Otherwise a subscription that lives on would keep it, and with it all that `action` holds.
    this.unsubscribe();
    action();
  }, firstHop(remaining));
}
