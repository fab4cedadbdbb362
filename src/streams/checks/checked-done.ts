import { isObservable } from 'rxjs';
import { isPromiseLike } from './is-promise-like.ts';

/**
 * Returns what a function returned that has to be done when it returns, or throws a TypeError for a promise or an Observable.
 * `what` names the function. Nobody waits for the promise, so its failure is dropped: unhandled, it would end a process.
 */
export function checkedDone<R>(what: string, result: R): R {
  // Before a promise: `then` would send a request that is both.
  if (isObservable(result)) throw new TypeError(`${what} returned an Observable; it has to be done when it returns`);
  if (!isPromiseLike(result)) return result;
  result.then(undefined, () => undefined);
  throw new TypeError(`${what} returned a promise; it has to be done when it returns`);
}
