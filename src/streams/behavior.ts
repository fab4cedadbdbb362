import { type BehaviorSubject, defaultIfEmpty, defer, Observable } from 'rxjs';
import type { ReadonlyBehaviorSubject } from './readonly-behavior-subject.ts';

/** A stream together with a way to read its current value without subscribing. */
export function behavior<T>(values$: Observable<T>, read: () => T): ReadonlyBehaviorSubject<T> {
  const behavior$ = new Observable<T>((subscriber) => values$.subscribe(subscriber));
  return Object.defineProperties(behavior$, {
    value: { get: read, enumerable: true },
    getValue: { value: read },
  }) as ReadonlyBehaviorSubject<T>;
}

/** The reading side of a BehaviorSubject that may complete. A later subscriber gets its last value, and the completion. */
export function lastingBehavior<T>(values$: BehaviorSubject<T>): ReadonlyBehaviorSubject<T> {
  const lasting$ = defer(() => values$.pipe(defaultIfEmpty(values$.value)));
  return behavior(lasting$, () => values$.value);
}
