import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/object-key.ts';
import { compareResourceVersions } from '../protocol/resource-version.ts';
import { StoreError } from './store-error.ts';

/**
 * The key under which a store holds an object: `metaNamespaceKey`, after a look at what came over the wire.
 * Throws a {@link StoreError} `MalformedObject` that says what was given.
 */
export function storeKey(object: KubernetesObject): string {
  const flaw = flawOf(object);
  if (flaw !== undefined) throw new StoreError({ reason: 'MalformedObject', message: `cannot key ${flaw}` });
  return metaNamespaceKey(object);
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

function flawOf(object: unknown): string | undefined {
  if (object === null || typeof object !== 'object') return `${object === null ? 'null' : typeof object} as an object`;
  const { metadata } = object as { metadata?: unknown };
  if (metadata === null || typeof metadata !== 'object') return 'an object without metadata';
  const { name, namespace } = metadata as { name?: unknown; namespace?: unknown };
  if (typeof name !== 'string' || name === '') return 'an object without metadata.name';
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string') {
    return `an object whose metadata.namespace is of type ${typeof namespace}`;
  }
  return undefined;
}
