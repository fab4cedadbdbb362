import type { Observable } from 'rxjs';

/**
 * A cold Observable that can be awaited as well: it is sent by `subscribe`, or by `await` and `then`, once for each, and not
 * before. A promise resolves with its last value when it completes, and is rejected with its error. It cannot be aborted;
 * a subscription can.
 *
 * What takes either an Observable or a promise has to ask for an Observable first, as RxJS does: `mergeMap(() => request)`
 * subscribes. What `pipe` returns is a plain Observable, which `await` would not send. There is no `catch` and no `finally`:
 * `try { await request } catch` does it.
 *
 * One that is neither subscribed to nor awaited does nothing. The rules `no-floating-promises` with `checkThenables` and
 * `await-thenable` of typescript-eslint find both.
 */
export type Awaitable<T, Awaited = T> = Observable<T> & PromiseLike<Awaited>;

/** Makes an Observable that is nobody else's {@link Awaitable}. Where it completes without a value, that is `undefined`. */
export function awaitable<T, Awaited = T>(source$: Observable<T>): Awaitable<T, Awaited> {
  const then: PromiseLike<Awaited>['then'] = (onfulfilled, onrejected) =>
    new Promise<Awaited>((resolve, reject) => {
      let last: unknown;
      source$.subscribe({
        next: (value) => (last = value),
        error: reject,
        complete: () => resolve(last as Awaited),
      });
    }).then(onfulfilled, onrejected);
  return Object.assign(source$, { then });
}
