import { isObservable, type ObservableInput } from 'rxjs';
import { isPromiseLike } from './is-promise-like.ts';

/**
 * True if the caller has to wait for what a callback returned: for an Observable, whose work begins with its subscription, or
 * for a promise. A value that is both counts as an Observable, as in RxJS's `from`, so that its work is done once.
 */
export function isPending(value: unknown): value is ObservableInput<unknown> {
  return isObservable(value) || isPromiseLike(value);
}
