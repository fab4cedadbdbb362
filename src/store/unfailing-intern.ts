import { throwError } from 'rxjs';
import type { Intern } from '../protocol/intern.ts';
import { StoreError } from './store-error.ts';

/**
 * An intern that gives the object itself where the given one throws: it is there to save memory, and may cost none of the
 * objects. RxJS reports the first error as one that nobody handles. That of a store that it wrote to is still thrown: one of
 * both writes would be lost.
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
