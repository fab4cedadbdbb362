import type { Mutable } from './mutable.ts';

/**
 * Makes of an object the one that is stored: another object, or the one that was given, changed in place or not. What it is
 * given is a copy of its own, unless the transform is known to change nothing in place, as `recipe` and
 * `dropManagedFields` are. It is called once for each object that arrives, including those of deletions.
 *
 * It must be pure and idempotent, so that the same revision always leads to the same object. It must not change
 * `metadata.name`, `namespace`, `uid` and `resourceVersion`: they decide which object it is, and which of two is newer.
 */
export type Transform<S, T = S> = (object: Mutable<S>) => T | Mutable<T>;
