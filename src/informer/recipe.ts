import { type Draft, Immer } from 'immer';
import { isObservable } from 'rxjs';
import { changingNothing } from '../sharing/on-copy.ts';
import { withPartsOf } from '../sharing/with-parts-of.ts';
import { isPromiseLike } from '../streams/checks/is-promise-like.ts';

// What it returns is shared with what is stored, and frozen with it; frozen before that, it could not be.
const immer = new Immer({ autoFreeze: false });

/**
 * A `Transform` as an Immer recipe: it changes a draft, and what it does not touch stays as it is. No
 * copy is made of an object for it. It fails on a recipe that is async.
 *
 * ```ts
 * sharedInformer(podListerWatcher, {
 *   transform: recipe((pod) => {
 *     delete pod.metadata.annotations;
 *   }),
 * });
 * ```
 */
export function recipe<T>(change: (draft: Draft<T>) => void): (object: T) => T {
  // The type allows for an async function.
  const run: (draft: Draft<T>) => unknown = change;
  return changingNothing((object: T): T => {
    const changed = immer.produce(object, (draft) => {
      const result = run(draft);
      // Before a promise: `then` would send a request that is both.
      if (isObservable(result))
        throw new TypeError('a recipe returned an Observable; it has to be done when it returns');
      if (!isPromiseLike(result)) return;
      // It can only fail, at the draft that is revoked by now.
      result.then(undefined, () => undefined);
      throw new TypeError('a recipe returned a promise; it has to be done when it returns');
    });
    return withPartsOf(object, changed) as T;
  });
}
