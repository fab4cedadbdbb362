import type { Observer, Subscriber } from 'rxjs';
import { guarded } from './guarded.ts';

/** The steps of an operator. Without an `error` step an error of the source is handed on. */
interface Steps<T> {
  readonly next: (value: T) => void;
  readonly error?: (error: unknown) => void;
  readonly complete: () => void;
}

/**
 * An observer whose steps may throw, because they call functions of a user. The stream errors with what they throw; RxJS
 * alone would report it on a timer, and leave the stream open and silent.
 */
export function guardedObserver<T>(subscriber: Subscriber<unknown>, steps: Steps<T>): Observer<T> {
  const fail = (error: unknown): void => subscriber.error(error);
  return {
    next: guarded(steps.next, fail),
    error: guarded(steps.error ?? fail, fail),
    complete: guarded(steps.complete, fail),
  };
}
