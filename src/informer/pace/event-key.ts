import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { storeKey } from '../../store/store-key.ts';

/** An event, with the part that it is from where informers were merged. */
export type PartedEvent<T> = InformerEvent<T> & { readonly part?: string };

/**
 * What an event is of, among all events of its stream: the key of the object, and the part, as objects of different parts
 * may have the same key. Throws a `StoreError` for an object without a key.
 */
export function eventKey({ object, part }: PartedEvent<KubernetesObject>): string {
  const key = storeKey(object);
  // Neither a namespace nor a name has a space.
  return part === undefined ? key : `${key} ${part}`;
}
