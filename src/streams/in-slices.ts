import { type SchedulerLike, Subscription } from 'rxjs';
import type { Steps } from './map-while-waiting.ts';
import { runAfter } from './time/run-after.ts';

/** The longest slice, in milliseconds: half of a frame at 60 frames a second, so that the other half is left to the page. */
const longestSlice = 8;

/** A turn that comes this late, in milliseconds, means that the page is hidden: browsers run its timers once a second. */
const late = 500;

/**
 * Runs steps in slices: the first one before it returns, the others in later turns of the scheduler. A slice ends with the first
 * step that ends later than 8 ms after the start of the slice, so a step has to be short. If a turn comes late, all steps that
 * are left run in it, because nobody looks. In virtual time all steps run at once.
 *
 * `done` gets the result. The subscription is closed after that; to unsubscribe it drops the steps that are left.
 */
export function inSlices<R>(steps: Steps<R>, scheduler: SchedulerLike, done: (result: R) => void): Subscription {
  const work = new Subscription();

  function slice(due: number): void {
    const start = scheduler.now();
    const end = start - due >= late ? Infinity : start + longestSlice;
    do {
      const step = steps.next();
      if (work.closed) return;
      if (step.done === true) {
        work.unsubscribe();
        done(step.value);
        return;
      }
    } while (scheduler.now() <= end);
    const now = scheduler.now();
    const turn = runAfter(0, scheduler, () => {
      work.remove(turn);
      slice(now);
    });
    work.add(turn);
  }

  slice(scheduler.now());
  return work;
}

/** Runs all steps at once and returns the result. */
export function finished<R>(steps: Steps<R>): R {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
