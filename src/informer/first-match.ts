import { filter, firstValueFrom, map, type Observable, takeUntil, throwIfEmpty } from 'rxjs';
import { aborted } from './aborted.ts';
import { checkedSignalIfAny } from './checked-signal.ts';
import { WaitEndedError } from './wait-error.ts';

/** How a promise is waited for. */
export interface SignalOptions {
  /** Gives up waiting: the promise is rejected with the signal's reason, and nothing is held any more. */
  readonly signal?: AbortSignal | undefined;
}

/** How {@link firstMatch} works. */
export interface FirstMatchOptions extends SignalOptions {
  /** What is waited for, for the error. */
  readonly waitedFor?: string | undefined;
}

/**
 * The first value that matches. Rejected with a {@link WaitEndedError} where the source ends without one, with its error,
 * with what `matches` throws, and with the reason of the signal; throws a TypeError for what is none. The one place where
 * streams become promises.
 */
export function firstMatch<T>(
  source$: Observable<T>,
  matches: (value: T) => boolean,
  { signal, waitedFor = 'what was waited for' }: FirstMatchOptions = {},
): Promise<T> {
  const until = checkedSignalIfAny(signal);
  const match$ = source$.pipe(
    filter((value) => matches(value)),
    throwIfEmpty(() => new WaitEndedError(waitedFor)),
  );
  // eslint-disable-next-line rxjs-x/no-ignored-default-value -- an error takes its place
  return firstValueFrom(until ? match$.pipe(takeUntil(givenUp(until))) : match$);
}

/** Errors when the signal is aborted, with its reason. */
function givenUp(signal: AbortSignal): Observable<never> {
  return aborted(signal).pipe(
    map(() => {
      throw signal.reason as Error;
    }),
  );
}
