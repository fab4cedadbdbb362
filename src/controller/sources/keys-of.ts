import type { SharedInformer } from '../../informer/shared-informer.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../../protocol/objects/object-key.ts';
import { type InformerWakes, wakesOf } from './wakes-of.ts';

/**
 * Returns a wake of its own key for each event of an informer, deletions included. A subscription starts the informer.
 *
 * ```ts
 * keysOf(pods).pipe(reconcileBy(({ key }) => console.log(key))).subscribe();
 * ```
 */
export function keysOf<T extends KubernetesObject, I extends string>(informer: SharedInformer<T, I>): InformerWakes {
  return wakesOf(informer, (object) => [metaNamespaceKey(object)]);
}
