import { Observable, type Subscription } from 'rxjs';

/**
 * Values for a loop. A value is taken when the loop asks for it, and done when the loop asks for the next one or ends. `consume`
 * takes one value at a time: each is done when the Observable of its projection completes. It is subscribed to when the
 * loop asks for the first value. The loop ends when it completes, and throws when it errors.
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
