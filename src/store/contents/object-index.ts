import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { type Bucket, bucketOf } from './bucket.ts';
import type { Change } from './change.ts';
import type { IndexReader } from './contents-reader.ts';
import { ignore, type IndexFailure, type OnIndexFailure } from './index-failure.ts';
import type { IndexFunction } from './indexers.ts';
import { PersistentMap } from './persistent-map.ts';

const none: readonly never[] = Object.freeze([]);

// Up to this many values, a search costs less than a set of them.
const few = 16;

/**
 * An immutable index: the objects of a store by the values that a function finds in them. Objects that the function
 * fails for are left out.
 */
export class ObjectIndex<T extends KubernetesObject> implements IndexReader<T> {
  readonly name: string;
  readonly indexFunction: IndexFunction<T>;
  private readonly buckets: PersistentMap<Bucket<T>>;
  /** The keys of the objects left out. */
  private readonly leftOut: PersistentMap<true>;

  private constructor(
    name: string,
    indexFunction: IndexFunction<T>,
    buckets: PersistentMap<Bucket<T>>,
    leftOut: PersistentMap<true>,
  ) {
    this.name = name;
    this.indexFunction = indexFunction;
    this.buckets = buckets;
    this.leftOut = leftOut;
  }

  /** The index without objects. */
  static empty<T extends KubernetesObject>(name: string, indexFunction: IndexFunction<T>): ObjectIndex<T> {
    return new ObjectIndex(name, indexFunction, PersistentMap.empty<Bucket<T>>(), PersistentMap.empty<true>());
  }

  /** The values of one index; empty buckets are not kept, so each has an object. */
  values(): string[] {
    return this.buckets.keys();
  }

  /** The objects of a value in a frozen array, the same one for as long as it holds the same objects. */
  get(value: string): readonly T[] {
    return this.buckets.get(value)?.list() ?? none;
  }

  /** The number of objects of each value, in a new map. */
  sizes(): Map<string, number> {
    const sizes = new Map<string, number>();
    this.buckets.forEach(({ size }, value) => sizes.set(value, size));
    return sizes;
  }

  /** True where the object under this key is left out. */
  isLeftOut(key: string): boolean {
    return this.leftOut.has(key);
  }

  /** The keys of the objects that are left out. */
  leftOutKeys(): string[] {
    return this.leftOut.keys();
  }

  /** The values of an object, each once. `undefined` where the function fails, unless `onFailure` throws. */
  valuesOf(key: string, object: T, onFailure: OnIndexFailure): readonly string[] | undefined {
    let failure: Pick<IndexFailure, 'did' | 'cause'> = { did: 'must return an array of strings, and did not' };
    try {
      const values = distinctStrings(this.indexFunction(object));
      if (values !== undefined) return values;
    } catch (cause) {
      failure = { did: 'threw', cause };
    }
    onFailure({ ...failure, index: this.name, key, isNew: !this.leftOut.has(key) });
    return undefined;
  }

  /** This index with all these objects and no others, built at once. Buckets that hold the same objects stay the same. */
  replaced(objects: PersistentMap<T>, onFailure: OnIndexFailure): ObjectIndex<T> {
    const byValue = new Map<string, T[]>();
    const leftOut: (readonly [string, true])[] = [];
    objects.forEach((object, key) => {
      const values = this.valuesOf(key, object, onFailure);
      if (values === undefined) leftOut.push([key, true]);
      for (const value of values ?? none) {
        const bucket = byValue.get(value);
        if (bucket === undefined) byValue.set(value, [object]);
        else bucket.push(object);
      }
    });
    const buckets = Array.from(byValue, ([value, members]) => {
      const bucket = this.buckets.get(value);
      return [value, bucket?.holdsJust(members) ? bucket : bucketOf(members)] as const;
    });
    return new ObjectIndex(this.name, this.indexFunction, PersistentMap.from(buckets), PersistentMap.from(leftOut));
  }

  /**
   * Prepares changes of different keys: asks the function, and writes nothing until the result is called, so that nothing
   * is written where `onFailure` throws. A change costs the same whatever the sizes of its buckets.
   */
  changing(changes: readonly Change<T>[], onFailure: OnIndexFailure): () => ObjectIndex<T> {
    const moves = changes.map((change) => this.moveOf(change, onFailure));
    return () => {
      let { buckets, leftOut } = this;
      for (const move of moves) {
        buckets = moved(buckets, move);
        leftOut = move.isLeftOut ? leftOut.set(move.key, true) : leftOut.delete(move.key);
      }
      return buckets === this.buckets && leftOut === this.leftOut
        ? this
        : new ObjectIndex(this.name, this.indexFunction, buckets, leftOut);
    };
  }

  private moveOf({ key, before, after }: Change<T>, onFailure: OnIndexFailure): Move<T> {
    // Purity is promised, not certain: where the function now fails for what it has indexed, any bucket may hold it.
    const left = before === undefined || this.leftOut.has(key) ? none : this.valuesOf(key, before, ignore);
    const entered = after === undefined ? none : this.valuesOf(key, after, onFailure);
    return {
      key,
      before,
      after,
      left: left ?? this.buckets.keys(),
      entered: entered ?? none,
      isLeftOut: entered === undefined,
    };
  }
}

/** A copy, because a function may use one array again and again; `undefined` for what is not an array of strings. */
function distinctStrings(values: unknown): readonly string[] | undefined {
  if (!Array.isArray(values)) return undefined;
  // Not `every`, which skips the holes of an array.
  for (const value of values as readonly unknown[]) if (typeof value !== 'string') return undefined;
  return values.length === 1 ? [values[0] as string] : [...new Set(values as readonly string[])];
}

/** A change as an index sees it. */
interface Move<T> extends Change<T> {
  readonly left: readonly string[];
  readonly entered: readonly string[];
  readonly isLeftOut: boolean;
}

function moved<T extends KubernetesObject>(
  buckets: PersistentMap<Bucket<T>>,
  { key, before, after, left, entered }: Move<T>,
): PersistentMap<Bucket<T>> {
  let next = buckets;
  const staying = entered.length > few ? new Set(entered) : undefined;
  for (const value of left) {
    if (staying?.has(value) ?? entered.includes(value)) continue;
    const bucket = next.get(value)?.with(key, before, undefined);
    next = bucket === undefined ? next.delete(value) : next.set(value, bucket);
  }
  if (after === undefined) return next;
  for (const value of entered) next = next.set(value, next.get(value)?.with(key, before, after) ?? bucketOf([after]));
  return next;
}
