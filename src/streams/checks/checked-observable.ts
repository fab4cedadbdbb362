import { isObservable, type Observable } from 'rxjs';
import { isPromiseLike } from './is-promise-like.ts';

/**
 * Returns an Observable that a caller gave, or throws a TypeError that says what it is instead. `what` is the beginning of a
 * sentence: `list returned`. Nobody waits for a promise, so its failure is dropped: unhandled, it would end a process.
 */
export function checkedObservable<O extends Observable<unknown>>(what: string, given: O): O {
  const value: unknown = given;
  if (isObservable(value)) return given;
  if (!isPromiseLike(value)) throw new TypeError(`${what} ${kindOf(value)}; it has to be an Observable`);
  value.then(undefined, () => undefined);
  throw new TypeError(
    `${what} a promise; it has to be an Observable, which sends its request when it is subscribed to: ` +
      'defer(() => from(promise())) makes one of a function that returns promises',
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
