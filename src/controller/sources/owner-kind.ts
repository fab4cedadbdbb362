import type { SharedInformer } from '../../informer/shared-informer.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { groupKindOf, groupOf } from './owners-of.ts';

/** How the objects of an informer are named as owners. */
export interface OwnerKind {
  readonly group: string;
  readonly kind: string;
  readonly clusterScoped: boolean;
}

/**
 * Returns how the objects of an informer are named as owners: by the given group and kind, otherwise by those of the first
 * object. `undefined` while there is no object, and so no owner. Throws a TypeError for an invalid kind.
 */
export function ownerKind<T extends KubernetesObject, I extends string>(
  { store }: SharedInformer<T, I>,
  given?: string,
): () => OwnerKind | undefined {
  const named = given === undefined ? undefined : groupKindOf(given);
  let known: OwnerKind | undefined;
  return () => {
    // A list is made once for each state: it is asked for until there is an object, and never again.
    if (known !== undefined || store.snapshot$.value.size === 0) return known;
    const [first] = store.snapshot$.value.list();
    if (first === undefined) return undefined;
    const [group, kind] = named ?? [groupOf(first.apiVersion), first.kind];
    known = { group, kind, clusterScoped: !first.metadata.namespace };
    return known;
  };
}
