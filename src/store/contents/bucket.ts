import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../../protocol/objects/object-key.ts';
import { PersistentMap } from './persistent-map.ts';

/** The objects of one index value: immutable, never empty. */
export interface Bucket<T> {
  readonly size: number;
  /** The objects in a frozen array, the same one for the same bucket. Their order is unspecified. */
  list(): readonly T[];
  /** This bucket without `before` and with `after`, which have this key; `undefined` where it would be empty. */
  with(key: string, before: T | undefined, after: T | undefined): Bucket<T> | undefined;
  /** True where the bucket holds just these objects, which have different keys. */
  holdsJust(objects: readonly T[]): boolean;
}

// Where copying an array costs as much as writing to a persistent map. Shrinking happens later than growing, so that a
// bucket does not change its form back and forth.
const largestSmall = 32;
const smallestLarge = 16;

/** The bucket of these objects, at least one; it keeps the array. */
export function bucketOf<T extends KubernetesObject>(objects: readonly T[]): Bucket<T> {
  return objects.length <= largestSmall
    ? new SmallBucket(objects)
    : new LargeBucket(PersistentMap.from(objects.map((object) => [metaNamespaceKey(object), object] as const)));
}

/** Copied at each change. Most indexes have many of these, so it is little more than its array. */
class SmallBucket<T extends KubernetesObject> implements Bucket<T> {
  private readonly objects: readonly T[];

  constructor(objects: readonly T[]) {
    this.objects = Object.freeze(objects);
  }

  get size(): number {
    return this.objects.length;
  }

  list(): readonly T[] {
    return this.objects;
  }

  with(_key: string, before: T | undefined, after: T | undefined): Bucket<T> | undefined {
    const objects = this.objects.slice();
    const index = before === undefined ? -1 : objects.indexOf(before);
    if (index < 0 && after === undefined) return this;
    if (after === undefined) objects.splice(index, 1);
    else objects[index < 0 ? objects.length : index] = after;
    return objects.length === 0 ? undefined : bucketOf(objects);
  }

  holdsJust(objects: readonly T[]): boolean {
    return objects.length === this.objects.length && objects.every((object) => this.objects.includes(object));
  }
}

/** Changed at a cost that does not depend on its size: a bucket may hold half of a million objects. */
class LargeBucket<T extends KubernetesObject> implements Bucket<T> {
  private readonly objects: PersistentMap<T>;
  private listed: readonly T[] | undefined;

  constructor(objects: PersistentMap<T>) {
    this.objects = objects;
  }

  get size(): number {
    return this.objects.size;
  }

  list(): readonly T[] {
    return (this.listed ??= Object.freeze(this.objects.values()));
  }

  with(key: string, _before: T | undefined, after: T | undefined): Bucket<T> | undefined {
    const objects = after === undefined ? this.objects.delete(key) : this.objects.set(key, after);
    if (objects === this.objects) return this;
    return objects.size < smallestLarge ? bucketOf(objects.values()) : new LargeBucket(objects);
  }

  holdsJust(objects: readonly T[]): boolean {
    return (
      objects.length === this.objects.size &&
      objects.every((object) => this.objects.get(metaNamespaceKey(object)) === object)
    );
  }
}
