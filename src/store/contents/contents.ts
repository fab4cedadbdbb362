import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { Change } from './change.ts';
import type { ContentsReader } from './contents-reader.ts';
import { type OnIndexFailure, refuse } from './index-failure.ts';
import type { Indexers } from './indexers.ts';
import { ObjectIndex } from './object-index.ts';
import { PersistentMap } from './persistent-map.ts';
import { StoreError } from '../store-error.ts';

/** The objects of a snapshot and their indexes: immutable, and shared by the snapshots between which nothing changed. */
export class Contents<T extends KubernetesObject> implements ContentsReader<T> {
  readonly objects: PersistentMap<T>;
  // Private at run time too: a snapshot is handed out, and a map cannot be frozen.
  readonly #indexes: ReadonlyMap<string, ObjectIndex<T>>;
  private listed: readonly T[] | undefined;

  private constructor(objects: PersistentMap<T>, indexes: ReadonlyMap<string, ObjectIndex<T>>) {
    this.objects = objects;
    this.#indexes = indexes;
  }

  /** No objects. */
  static empty<T extends KubernetesObject>(indexers: Indexers<T> = {}): Contents<T> {
    return new Contents(PersistentMap.empty<T>(), new Map<string, ObjectIndex<T>>()).indexedBy(indexers);
  }

  get size(): number {
    return this.objects.size;
  }

  get indexNames(): readonly string[] {
    return [...this.#indexes.keys()];
  }

  get(key: string): T | undefined {
    return this.objects.get(key);
  }

  keys(): string[] {
    return this.objects.keys();
  }

  /** The objects in a frozen array, the same one for the same contents. */
  list(): readonly T[] {
    return (this.listed ??= Object.freeze(this.objects.values()));
  }

  /** The index of that name, or a {@link StoreError} `UnknownIndex`. */
  index(name: string): ObjectIndex<T> {
    const index = this.#indexes.get(name);
    if (index !== undefined) return index;
    const known = this.indexNames.join(', ') || 'none';
    throw new StoreError({
      reason: 'UnknownIndex',
      message: `there is no index ${name} (there is: ${known})`,
      index: name,
    });
  }

  /** These contents after changes of different keys, one by one. Nothing has happened where `onFailure` throws. */
  with(changes: readonly Change<T>[], onFailure: OnIndexFailure): Contents<T> {
    const indexes = Array.from(this.#indexes.values(), (index) => index.changing(changes, onFailure));
    let { objects } = this;
    for (const { key, after } of changes) objects = after === undefined ? objects.delete(key) : objects.set(key, after);
    return this.next(
      objects,
      indexes.map((changed) => changed()),
    );
  }

  /** Other objects under the same indexes, built at once: faster where more than a fifth of them change. */
  replaced(entries: Iterable<readonly [string, T]>, onFailure: OnIndexFailure): Contents<T> {
    const objects = PersistentMap.from(entries);
    return this.next(
      objects,
      Array.from(this.#indexes.values(), (index) => index.replaced(objects, onFailure)),
    );
  }

  /**
   * The same objects with further indexes, or a {@link StoreError}: `IndexConflict` if one of the names is taken,
   * `IndexFunction` if one is not a function, or fails for an object.
   */
  indexedBy(indexers: Indexers<T>): Contents<T> {
    const indexes = new Map(this.#indexes);
    for (const [name, indexFunction] of Object.entries(indexers)) {
      if (indexes.has(name)) {
        throw new StoreError({ reason: 'IndexConflict', message: `there is an index ${name} already`, index: name });
      }
      if (typeof indexFunction !== 'function') {
        throw new StoreError({
          reason: 'IndexFunction',
          message: `the function of index ${name} is none`,
          index: name,
        });
      }
      indexes.set(name, ObjectIndex.empty(name, indexFunction).replaced(this.objects, refuse));
    }
    const contents = new Contents(this.objects, indexes);
    contents.listed = this.listed;
    return contents;
  }

  private next(objects: PersistentMap<T>, indexes: readonly ObjectIndex<T>[]): Contents<T> {
    return new Contents(
      objects,
      indexes.length === 0 ? this.#indexes : new Map(indexes.map((index) => [index.name, index])),
    );
  }
}
