import type { Observable } from 'rxjs';

/**
 * A cold Observable that can be awaited as well. Each `subscribe`, `await` and `then` sends it once; nothing is sent before
 * that. `await` gives its last value when it completes, and throws its error. A subscription can abort it, a promise cannot.
 *
 * Code that takes either an Observable or a promise must test for an Observable first, as RxJS does: `mergeMap(() => request)`
 * subscribes. `pipe` returns a plain Observable, which `await` does not send. There is no `catch` and no `finally`; write
 * `try { await request } catch` instead.
 *
 * An Awaitable that is neither subscribed to nor awaited does nothing. The rules `no-floating-promises` with `checkThenables` and
 * `await-thenable` of typescript-eslint find both.
 */
export type Awaitable<T, Awaited = T> = Observable<T> & PromiseLike<Awaited>;

/**
 * Makes an Observable {@link Awaitable}, in place: nobody else may hold it. `await` gives `undefined` where it completes without a
 * value.
 *
 * ```ts
 * console.log(await awaitable(of(3))); // 3
 * ```
 */
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
