import { VirtualTimeScheduler } from 'rxjs';

/** Time that passes when a spec says so. */
export interface VirtualTime {
  /** For every option `scheduler`. Its `now()` is the time that has passed, in milliseconds. */
  readonly scheduler: VirtualTimeScheduler;
  /** The milliseconds that have passed. */
  readonly now: number;
  /**
   * Lets this many milliseconds pass: whatever is due until then happens, in order, within this call. An error that is thrown by
   * what happens comes out of this call, and ends the time: nothing that was due happens any more. Throws a RangeError for an invalid number, and an
   * Error if it is called from within.
   */
  readonly advance: (milliseconds: number) => void;
}

/**
 * Returns time for specs outside of `TestScheduler.run`, with any test runner. What is given its scheduler takes no real time: an
 * informer, a controller, `apiServer({ listen: false })`. It starts at 0. It knows nothing of promises: what is behind an `await`
 * happens after the call.
 *
 * ```ts
 * const time = virtualTime();
 * timer(minutes(5), time.scheduler).subscribe(() => console.log('five minutes, at once'));
 * time.advance(minutes(5));
 * ```
 */
export function virtualTime(): VirtualTime {
  const scheduler = new VirtualTimeScheduler();
  let isAdvancing = false;
  return {
    scheduler,
    get now() {
      return scheduler.now();
    },
    advance(milliseconds) {
      // `>=` is false for NaN as well.
      if (!(milliseconds >= 0 && milliseconds < Infinity)) {
        throw new RangeError(`invalid time ${String(milliseconds)}: it has to be milliseconds from 0 up`);
      }
      if (isAdvancing) throw new Error('advance was called by what happens within advance: time passes once at a time');
      isAdvancing = true;
      const until = scheduler.frame + milliseconds;
      scheduler.maxFrames = until;
      try {
        scheduler.flush();
        scheduler.frame = until;
      } finally {
        isAdvancing = false;
      }
    },
  };
}
