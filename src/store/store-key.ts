import { KeyError } from '../protocol/objects/key-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { StoreError } from './store-error.ts';

/**
 * The key under which a store holds an object: `metaNamespaceKey`. Throws a {@link StoreError} `MalformedObject` that says
 * what was given.
 */
export function storeKey(object: KubernetesObject): string {
  try {
    return metaNamespaceKey(object);
  } catch (cause) {
    if (!(cause instanceof KeyError)) throw cause;
    throw new StoreError({ reason: 'MalformedObject', message: cause.message, cause });
  }
}
