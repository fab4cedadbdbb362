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

/** Options of a wait. */
export interface SignalOptions {
  /** Ends the wait: the promise rejects with the signal's reason, and nothing is held any more. */
  readonly signal?: AbortSignal | undefined;
}

/** How {@link firstMatch} works. */
export interface FirstMatchOptions extends SignalOptions {
  /** The words of the error for what is awaited. */
  readonly waitedFor?: string | undefined;
}

/**
 * Resolves with the first value that matches. Rejects with a {@link WaitEndedError} if the source ends without one, with the
 * error of the source or of `matches`, or with the reason of the signal. Throws a TypeError for an invalid signal. Streams
 * become promises only here.
 *
 * After a match the subscription lasts one more turn of the event loop. So an informer does not stop and start again if its
 * user awaits this and then subscribes.
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
    // A source that emits synchronously may never stop by itself.
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
