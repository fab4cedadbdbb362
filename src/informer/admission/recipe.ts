import { type Draft, Immer } from 'immer';
import { isObservable } from 'rxjs';
import { changingNothing } from '../../sharing/on-copy.ts';
import { withPartsOf } from '../../sharing/with-parts-of.ts';
import { isPromiseLike } from '../../streams/checks/is-promise-like.ts';

// The interner freezes the result. Parts that Immer has frozen before could not be shared.
const immer = new Immer({ autoFreeze: false });

/**
 * Returns a `Transform` from an Immer recipe, which changes a draft. Parts that it does not touch stay the same, and the object
 * is not copied. An async recipe fails with a TypeError for each object.
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
  // The type lets an async function pass.
  const run: (draft: Draft<T>) => unknown = change;
  return changingNothing((object: T): T => {
    const changed = immer.produce(object, (draft) => {
      const result = run(draft);
      // Before a promise: `then` would send a request that is both.
      if (isObservable(result))
        throw new TypeError('a recipe returned an Observable; it has to be done when it returns');
      if (!isPromiseLike(result)) return;
      // The draft is revoked by now, so the promise can only fail.
      result.then(undefined, () => undefined);
      throw new TypeError('a recipe returned a promise; it has to be done when it returns');
    });
    return withPartsOf(object, changed) as T;
  });
}
