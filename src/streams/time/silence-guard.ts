import { type MonoTypeOperatorFunction, NEVER, Observable, type SchedulerLike, tap } from 'rxjs';
import { SilenceTimer } from './silence-timer.ts';

/** What counts as a sign of life beside any value of the source. */
export interface SignsOfLife<T> {
  /** Whether a value counts. Default: each does. */
  readonly counts?: (value: T) => boolean;
  /** Signs that are not values of the source. */
  readonly signs$?: Observable<unknown>;
}

/**
 * Passes everything on, and errors when no sign of life has come for `due` milliseconds, counted from the subscription and
 * then from the last sign, by a {@link SilenceTimer}. `due` may change with the source.
 */
export function silenceGuard<T>(
  due: () => number,
  error: () => Error,
  scheduler: SchedulerLike,
  { counts = () => true, signs$ = NEVER }: SignsOfLife<T> = {},
): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable((subscriber) => {
      const timers = {
        now: () => scheduler.now(),
        after: (delay: number, action: () => void) => {
          const timer = scheduler.schedule(action, delay);
          return () => timer.unsubscribe();
        },
      };
      const silence = new SilenceTimer(due, () => subscriber.error(error()), timers);
      subscriber.add(() => silence.stop());
      silence.start();
      const hear = (): void => silence.hear();
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
