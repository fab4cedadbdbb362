import { Observable, type MonoTypeOperatorFunction, type SchedulerAction, type SchedulerLike } from 'rxjs';
import { firstHop } from '../time/period.ts';

/**
 * Passes everything on, and errors when nothing has come for `due` milliseconds, counted from the subscription and then
 * from the last value. `due` is asked again at each look, so it may change with the source. One timer, not one a value.
 *
 * A jump of the wall clock can end a stream too early, or at the latest one `due` too late; it cannot blind the guard.
 */
export function silenceGuard<T>(
  due: () => number,
  error: () => Error,
  scheduler: SchedulerLike,
): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable((subscriber) => {
      let heardAt = scheduler.now();
      subscriber.add(
        scheduler.schedule(function (this: SchedulerAction<undefined>) {
          const allowed = due();
          const quiet = Math.max(0, scheduler.now() - heardAt);
          if (quiet >= allowed) subscriber.error(error());
          else this.schedule(undefined, firstHop(allowed - quiet));
        }, firstHop(due())),
      );
      subscriber.add(
        source.subscribe({
          next(value) {
            heardAt = scheduler.now();
            subscriber.next(value);
          },
          error: (cause: unknown) => subscriber.error(cause),
          complete: () => subscriber.complete(),
        }),
      );
    });
}
