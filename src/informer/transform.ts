import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { printable } from '../protocol/printable.ts';

/**
 * What becomes of an object before it is stored. It returns another object, or the one that it was given; parts of that may
 * be frozen, and shared with other objects, so it is not to be changed in place: `recipe` makes a transform of changes. It
 * is called once for each object that arrives, those of deletions included.
 *
 * It must be pure and idempotent, so that the same revision always leads to the same object, and leave `metadata.name`,
 * `namespace`, `uid` and `resourceVersion` as they are: they say which object it is, and which of two is newer.
 */
export type Transform<S, T = S> = (object: S) => T;

/** Leaves room for what has become of it. */
const longestWhat = 900;

/** An object that was not stored because its transform failed, or returned no object that can be stored. */
export class TransformError extends Error {
  /** The resource in words: `v1/pods in default`. */
  readonly resource: string;
  /** The key of the object concerned. */
  readonly key: string;

  constructor(resource: string, key: string, why: string, cause?: unknown) {
    const what = `${resource}: the transform of ${key} ${why}`;
    super(
      `${printable(what, longestWhat)}; what is stored of it stays as it is`,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'TransformError';
    this.resource = resource;
    this.key = key;
  }
}

/**
 * A {@link Transform} that drops `metadata.managedFields`, which is more than half of the memory of a typical pod, and which
 * only server-side apply needs.
 */
export function dropManagedFields<T extends KubernetesObject>(object: T): T {
  if (!('managedFields' in object.metadata)) return object;
  const { managedFields: _, ...metadata } = object.metadata as T['metadata'] & { managedFields: unknown };
  return { ...object, metadata };
}
