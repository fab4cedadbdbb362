import { isObservable, type ObservableInput } from 'rxjs';
import { isPromiseLike } from './is-promise-like.ts';

/**
 * Whether something that a callback returned is still to be waited for: an Observable, whose work begins when it is subscribed
 * to, or a promise. What is both is an Observable to `from`, so that it is sent once.
 */
export function isPending(value: unknown): value is ObservableInput<unknown> {
  return isObservable(value) || isPromiseLike(value);
}
