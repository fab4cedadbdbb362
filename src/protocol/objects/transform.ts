import type { Mutable } from './mutable.ts';

/**
 * What becomes of an object before it is stored: another object, or the one that was given, changed in place or not. That one
 * is a copy and the transform's own, unless the transform changes nothing of it, as `recipe` and `dropManagedFields`. It is
 * called once for each object that arrives, those of deletions included.
 *
 * It must be pure and idempotent, so that the same revision always leads to the same object, and leave `metadata.name`,
 * `namespace`, `uid` and `resourceVersion` as they are: they say which object it is, and which of two is newer.
 */
export type Transform<S, T = S> = (object: Mutable<S>) => T | Mutable<T>;
