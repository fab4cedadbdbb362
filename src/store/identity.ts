import { KeyError } from '../protocol/objects/key-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { compareResourceVersions } from '../protocol/objects/resource-version.ts';
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

/** True where both are the same object over time. Those without a uid go by key, which the caller has compared. */
export function isSameObject(a: KubernetesObject, b: KubernetesObject): boolean {
  const { uid } = a.metadata;
  return !uid || !b.metadata.uid || uid === b.metadata.uid;
}

/** True where both are the same revision of the same object, so that their contents need no comparison. */
export function isSameRevision(a: KubernetesObject, b: KubernetesObject): boolean {
  if (a === b) return true;
  const version = a.metadata.resourceVersion;
  return Boolean(version) && version === b.metadata.resourceVersion && isSameObject(a, b);
}

/** True unless both versions are known, can be ordered, and `version` is not the later one. */
export function isNewer(version: string | undefined, than: string | undefined): boolean {
  if (!version || !than) return true;
  const order = compareResourceVersions(version, than);
  return order === undefined || order > 0;
}
