import { Observable, type Subscription } from 'rxjs';

/**
 * Values for a loop: one is taken when it is asked for, and done when the next one is asked for or the loop ends. `consume`
 * is how they are taken, one at a time, each done when the Observable that it is handed to completes; it is subscribed
 * to when the first one is asked for. The loop ends with it, by its error too.
 */
export function iterate<T>(
  consume: (hand: (value: T) => Observable<never>) => Observable<never>,
): AsyncIterator<T, undefined> {
  const asked: PromiseWithResolvers<IteratorResult<T, undefined>>[] = [];
  let consumption: Subscription | undefined;
  let hasEnded = false;
  let failure: { readonly error: unknown } | undefined;
  let release = (): void => undefined;

  function hand(value: T): Observable<never> {
    return new Observable((held) => {
      asked.shift()?.resolve({ value, done: false });
      release = () => held.complete();
      if (asked.length > 0) release();
    });
  }

  const answer = (): void => {
    for (const { resolve, reject } of asked.splice(0)) {
      if (failure === undefined) resolve({ value: undefined, done: true });
      else reject(failure.error);
      failure = undefined;
    }
  };

  const end = (): void => {
    hasEnded = true;
    answer();
  };

  const fail = (error: unknown): void => {
    failure = { error };
    end();
  };

  return {
    next: () => {
      const next = Promise.withResolvers<IteratorResult<T, undefined>>();
      asked.push(next);
      if (hasEnded) answer();
      else if (consumption === undefined) consumption = consume(hand).subscribe({ complete: end, error: fail });
      else release();
      return next.promise;
    },
    return: () => {
      end();
      consumption?.unsubscribe();
      return Promise.resolve({ value: undefined, done: true });
    },
  };
}
