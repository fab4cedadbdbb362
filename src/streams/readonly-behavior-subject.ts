import type { Observable } from 'rxjs';

/** The reading side of a BehaviorSubject: it has a value at any time, and nobody but its owner can set it. */
export interface ReadonlyBehaviorSubject<T> extends Observable<T> {
  /** The value that a new subscriber receives now. */
  readonly value: T;
  /** The same as `value`. */
  getValue(): T;
}
