import { NEVER, Observable, type MonoTypeOperatorFunction, type SchedulerAction, type SchedulerLike, tap } from 'rxjs';
import { firstHop } from './period.ts';

/** What counts as a sign of life beside any value of the source. */
export interface SignsOfLife<T> {
  /** Whether a value counts. Default: each does. */
  readonly counts?: (value: T) => boolean;
  /** Signs that are no values of the source. */
  readonly signs$?: Observable<unknown>;
}

/**
 * Passes everything on, and errors when no sign of life has come for `due` milliseconds, counted from the subscription and
 * then from the last sign. `due` is asked again at each look, so it may change with the source. One timer, not one a value.
 *
 * Silence is counted by timers, the clock only tells when a sign came between two looks: a jump of the wall clock can
 * end a stream too early, or at the latest one `due` too late; it cannot blind the guard.
 */
export function silenceGuard<T>(
  due: () => number,
  error: () => Error,
  scheduler: SchedulerLike,
  { counts = () => true, signs$ = NEVER }: SignsOfLife<T> = {},
): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable((subscriber) => {
      let hop = firstHop(due());
      let quiet = 0;
      let heardAt: number | undefined;
      const hear = (): void => void (heardAt = scheduler.now());
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
      subscriber.add(signs$.subscribe({ next: hear, error: (cause: unknown) => subscriber.error(cause) }));
      source
        .pipe(
          tap((value) => {
            if (counts(value)) hear();
          }),
        )
        .subscribe(subscriber);
    });
}
