import { Observable, type MonoTypeOperatorFunction, type SchedulerAction, type SchedulerLike, tap } from 'rxjs';
import { firstHop } from '../time/period.ts';

/**
 * Passes everything on, and errors when nothing has come for `due` milliseconds, counted from the subscription and then
 * from the last value. `due` is asked again at each look, so it may change with the source. One timer, not one a value.
 *
 * Silence is counted by timers, the clock only tells when a value came between two looks: a jump of the wall clock can
 * end a stream too early, or at the latest one `due` too late; it cannot blind the guard.
 */
export function silenceGuard<T>(
  due: () => number,
  error: () => Error,
  scheduler: SchedulerLike,
): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable((subscriber) => {
      let hop = firstHop(due());
      let quiet = 0;
      let heardAt: number | undefined;
      subscriber.add(
        scheduler.schedule(function (this: SchedulerAction<undefined>) {
          quiet = heardAt === undefined ? quiet + hop : Math.min(hop, Math.max(0, scheduler.now() - heardAt));
          heardAt = undefined;
          const left = due() - quiet;
          if (left <= 0) {
            subscriber.error(error());
          } else {
            hop = firstHop(left);
            this.schedule(undefined, hop);
          }
        }, hop),
      );
      source.pipe(tap(() => (heardAt = scheduler.now()))).subscribe(subscriber);
    });
}
