import { filter, type Observable, Subscription, take } from 'rxjs';

/** How a promise is waited for. */
export interface SignalOptions {
  /** Gives up waiting: the promise is rejected with the signal's reason, and nothing is held any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The first value that matches. Rejected where the source ends without one, where it errors, and where the signal is or
 * gets aborted. The one place where streams become promises.
 */
export function firstMatch<T>(
  source$: Observable<T>,
  matches: (value: T) => boolean,
  { signal }: SignalOptions = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscription = new Subscription();
    const settle = (how: () => void): void => {
      subscription.unsubscribe();
      how();
    };
    const abort = (): void => settle(() => reject(reasonOf(signal)));
    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort, { once: true });
    subscription.add(() => signal?.removeEventListener('abort', abort));
    subscription.add(
      // Over with the value, so that what is held by a subscription is not even begun to be held for one that is there.
      source$.pipe(filter(matches), take(1)).subscribe({
        next: (value) => settle(() => resolve(value)),
        error: (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
        complete: () => settle(() => reject(new Error('what was waited for has ended and can no longer happen'))),
      }),
    );
  });
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason as Error;
}
