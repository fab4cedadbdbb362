import { type Draft, Immer } from 'immer';
import { changingNothing } from '../../sharing/on-copy.ts';
import { withPartsOf } from '../../sharing/with-parts-of.ts';
import { checkedDone } from '../../streams/checks/checked-done.ts';

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
      checkedDone('a recipe', run(draft));
    });
    return withPartsOf(object, changed) as T;
  });
}
