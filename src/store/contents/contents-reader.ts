import type { OnIndexFailure } from './index-failure.ts';
import type { IndexFunction } from './indexers.ts';

/** How an index is read. */
export interface IndexReader<T> {
  readonly indexFunction: IndexFunction<T>;
  /** The values of the index. Each has at least one object. */
  values(): string[];
  /** The objects of a value in a frozen array, the same one each time. */
  get(value: string): readonly T[];
  /** The number of objects of each value, in a new map. Makes no arrays of objects. */
  sizes(): Map<string, number>;
  /** The values of an object, each once. `undefined` where the function fails, unless `onFailure` throws. */
  valuesOf(key: string, object: T, onFailure: OnIndexFailure): readonly string[] | undefined;
  /** The keys of the objects that are left out. */
  leftOutKeys(): string[];
}

/** How the objects of a state are read, and their indexes. */
export interface ContentsReader<T> {
  readonly size: number;
  /** The names of the indexes. */
  readonly indexNames: readonly string[];
  get(key: string): T | undefined;
  /** The objects in a frozen array, the same one each time. */
  list(): readonly T[];
  keys(): string[];
  /** The index of that name, or a `StoreError` `UnknownIndex`. */
  index(name: string): IndexReader<T>;
}
