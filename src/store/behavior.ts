import { Observable } from 'rxjs';
import type { ReadonlyBehaviorSubject } from './readonly-behavior-subject.ts';

/** A stream together with a way to read its current value without subscribing. */
export function behavior<T>(values$: Observable<T>, read: () => T): ReadonlyBehaviorSubject<T> {
  const behavior$ = new Observable<T>((subscriber) => values$.subscribe(subscriber));
  return Object.defineProperties(behavior$, {
    value: { get: read, enumerable: true },
    getValue: { value: read },
  }) as ReadonlyBehaviorSubject<T>;
}
