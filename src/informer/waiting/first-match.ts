import {
  filter,
  firstValueFrom,
  map,
  type Observable,
  of,
  share,
  takeUntil,
  takeWhile,
  throwIfEmpty,
  timer,
} from 'rxjs';
import { aborted } from '../../streams/aborted.ts';
import { checkedSignalIfAny } from '../../streams/checks/checked-signal.ts';
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
 *
 * The source is subscribed to for one turn of the event loop longer, so that whoever awaits this and then subscribes too,
 * such as to an informer, does not stop it and start it again; not where there was no match.
 */
export function firstMatch<T>(
  source$: Observable<T>,
  matches: (value: T) => boolean,
  { signal, waitedFor = 'what was waited for' }: FirstMatchOptions = {},
): Promise<T> {
  const until = checkedSignalIfAny(signal);
  let isMatched = false;
  let isSubscribing = true;
  const match$ = source$.pipe(
    // One that goes on at once may never stop by itself.
    // eslint-disable-next-line rxjs-x/no-ignored-takewhile-value -- it is about how many, not which
    takeWhile(() => !isMatched || !isSubscribing),
    share({ resetOnRefCountZero: () => (isMatched ? timer(0) : of(0)) }),
    filter((value) => (isMatched = matches(value))),
    throwIfEmpty(() => new WaitEndedError(waitedFor)),
  );
  // eslint-disable-next-line rxjs-x/no-ignored-default-value -- an error takes its place
  const match = firstValueFrom(until ? match$.pipe(takeUntil(givenUp(until))) : match$);
  isSubscribing = false;
  return match;
}

/** Errors when the signal is aborted, with its reason. */
function givenUp(signal: AbortSignal): Observable<never> {
  return aborted(signal).pipe(
    map(() => {
      throw signal.reason as Error;
    }),
  );
}
