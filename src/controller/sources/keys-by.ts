import type { SharedInformer } from '../../informer/shared-informer.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { checkedFunction } from '../../streams/checks/checked-function.ts';
import { type InformerWakes, type KeysOfObject, wakesOf } from './wakes-of.ts';

/**
 * Returns wakes of the keys that a function names for an object: on each event for what the object is and for what it was, so that
 * neither side of a change is missed. The function must be pure. Throws a TypeError for anything but a function.
 *
 * ```ts
 * keysBy(pods, (pod) => (pod.spec?.nodeName ? [pod.spec.nodeName] : []))
 *   .pipe(reconcileBy(({ key }) => console.log(key)))
 *   .subscribe();
 * ```
 */
export function keysBy<T extends KubernetesObject, I extends string>(
  informer: SharedInformer<T, I>,
  keysOf: KeysOfObject<T>,
): InformerWakes {
  return wakesOf(informer, checkedFunction('the second argument of keysBy', keysOf));
}
