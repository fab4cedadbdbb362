import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { type Bucket, bucketOf } from './bucket.ts';
import type { IndexFunction } from './indexers.ts';
import { PersistentMap } from './persistent-map.ts';
import { StoreError } from './store-error.ts';

const none: readonly never[] = Object.freeze([]);

/** An immutable index: the objects of a store by the values that a function finds in them. */
export class ObjectIndex<T extends KubernetesObject> {
  readonly name: string;
  readonly indexFunction: IndexFunction<T>;
  private readonly buckets: PersistentMap<Bucket<T>>;

  private constructor(name: string, indexFunction: IndexFunction<T>, buckets: PersistentMap<Bucket<T>>) {
    this.name = name;
    this.indexFunction = indexFunction;
    this.buckets = buckets;
  }

  /** The index without objects. */
  static empty<T extends KubernetesObject>(name: string, indexFunction: IndexFunction<T>): ObjectIndex<T> {
    return new ObjectIndex(name, indexFunction, PersistentMap.empty<Bucket<T>>());
  }

  /** The values of one index; empty buckets are not kept, so each has an object. */
  values(): string[] {
    return this.buckets.keys();
  }

  /** The objects of a value in a frozen array, the same one for as long as it holds the same objects. */
  get(value: string): readonly T[] {
    return this.buckets.get(value)?.list() ?? none;
  }

  /** The values of an object, each once. Throws a {@link StoreError} `IndexFunction`. */
  valuesOf(key: string, object: T): readonly string[] {
    let values: unknown;
    try {
      values = this.indexFunction(object);
    } catch (cause) {
      throw this.broken(key, 'threw', cause);
    }
    if (!Array.isArray(values) || !values.every((value): value is string => typeof value === 'string')) {
      throw this.broken(key, 'must return an array of strings, and did not');
    }
    return values.length > 1 ? [...new Set(values)] : values;
  }

  /** This index with all these objects and no others, built at once. Buckets that hold the same objects stay the same. */
  replaced(objects: PersistentMap<T>): ObjectIndex<T> {
    const byValue = new Map<string, T[]>();
    objects.forEach((object, key) => {
      for (const value of this.valuesOf(key, object)) {
        const bucket = byValue.get(value);
        if (bucket === undefined) byValue.set(value, [object]);
        else bucket.push(object);
      }
    });
    const buckets = Array.from(byValue, ([value, members]) => {
      const bucket = this.buckets.get(value);
      return [value, bucket?.holdsJust(members) ? bucket : bucketOf(members)] as const;
    });
    return new ObjectIndex(this.name, this.indexFunction, PersistentMap.from(buckets));
  }

  /** This index after a change of one key, at a cost that does not depend on the sizes of its buckets. */
  with(key: string, before: T | undefined, after: T | undefined): ObjectIndex<T> {
    const left = before === undefined ? none : this.valuesOf(key, before);
    const entered = after === undefined ? none : this.valuesOf(key, after);
    let { buckets } = this;
    for (const value of left) {
      if (entered.includes(value)) continue;
      const bucket = buckets.get(value)?.with(key, before, undefined);
      buckets = bucket === undefined ? buckets.delete(value) : buckets.set(value, bucket);
    }
    if (after !== undefined) {
      for (const value of entered) {
        buckets = buckets.set(value, buckets.get(value)?.with(key, before, after) ?? bucketOf([after]));
      }
    }
    return buckets === this.buckets ? this : new ObjectIndex(this.name, this.indexFunction, buckets);
  }

  private broken(key: string, did: string, cause?: unknown): StoreError {
    const message = `the function of index ${this.name} ${did} for ${key}`;
    return new StoreError({ reason: 'IndexFunction', message, key, index: this.name, cause });
  }
}
