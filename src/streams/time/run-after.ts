import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { firstHop } from './period.ts';

/** Runs `action` once after `delay` milliseconds. A delay that no timer holds is split; `Infinity` never comes. */
export function runAfter(delay: number, scheduler: SchedulerLike, action: () => void): Subscription {
  let remaining = delay;
  return scheduler.schedule(function (this: SchedulerAction<undefined>) {
    remaining -= firstHop(remaining);
    if (remaining > 0) return void this.schedule(undefined, firstHop(remaining));
    // Whoever added it to a subscription that lives on would keep it, and with it what `action` holds.
    this.unsubscribe();
    action();
  }, firstHop(remaining));
}
