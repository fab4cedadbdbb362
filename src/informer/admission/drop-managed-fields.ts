import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { changingNothing } from '../../sharing/on-copy.ts';

/**
 * A `Transform` that drops `metadata.managedFields`. They take more than half of the memory of a typical pod, and only
 * server-side apply needs them. Leaves its argument unchanged.
 *
 * ```ts
 * sharedInformer(podListerWatcher, { transform: dropManagedFields });
 * ```
 */
export function dropManagedFields<T extends KubernetesObject>(object: T): T {
  if (!('managedFields' in object.metadata)) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

changingNothing(dropManagedFields);
