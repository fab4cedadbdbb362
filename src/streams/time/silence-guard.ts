import { type MonoTypeOperatorFunction, NEVER, Observable, type SchedulerLike, tap } from 'rxjs';
import { SilenceTimer } from './silence-timer.ts';

/** What counts as a sign of life. */
export interface SignsOfLife<T> {
  /** True for a value that counts as one. Default: every value. */
  readonly counts?: (value: T) => boolean;
  /** Further signs, beside the values of the source. */
  readonly signs$?: Observable<unknown>;
}

/**
 * Passes everything on, and errors if no sign of life comes for `due` milliseconds after the subscription or after the last
 * sign. A {@link SilenceTimer} counts them. `due` may change with the source.
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
