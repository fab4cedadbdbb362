import { type Draft, Immer } from 'immer';
import type { Transform } from './transform.ts';

// What it returns is shared with what is stored, and frozen with it; frozen before that, it could not be.
const immer = new Immer({ autoFreeze: false });

/**
 * A {@link Transform} as an Immer recipe: it changes a draft, and what it does not touch stays as it is. Raw objects are
 * read-only to the type checker, drafts are not.
 *
 * ```ts
 * sharedInformer(pods, { transform: recipe((pod) => { delete pod.metadata.annotations; }) });
 * ```
 */
export function recipe<T>(change: (draft: Draft<T>) => void): Transform<T> {
  return (object) =>
    immer.produce(object, (draft) => {
      change(draft);
    });
}
