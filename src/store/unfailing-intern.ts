import { throwError } from 'rxjs';
import type { Intern } from '../protocol/intern.ts';
import { StoreError } from './store-error.ts';

/**
 * Returns an intern that returns the object itself if the given one throws. An intern only saves memory, so its failure must
 * not cost an object. RxJS reports the first error as unhandled. A `StoreError` is thrown: the intern wrote to the store, and
 * one of both writes would be lost.
 */
export function unfailing<T>(intern: Intern<T>): Intern<T> {
  let isTold = false;
  return (previous, object) => {
    try {
      return intern(previous, object);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      if (!isTold) throwError(() => error as Error).subscribe();
      isTold = true;
      return object;
    }
  };
}
