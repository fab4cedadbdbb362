import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ContentsReader } from './contents/contents-reader.ts';
import { storeKey } from './store-key.ts';
import { refuse } from './contents/index-failure.ts';
import type { Indexers } from './contents/indexers.ts';

/**
 * A state to read: a `Snapshot`, or a snapshot with own writes laid over it. It never changes.
 *
 * `I` are the names of its indexes. The order of objects, keys and index values is unspecified, except for `indexKeys`.
 */
export class SnapshotReader<T extends KubernetesObject, I extends string = never> {
  /** True from the first `Replaced` on: the state is complete. */
  readonly synced: boolean;
  /** The newest version for which this state is complete. It goes back only with a `Replaced`. */
  readonly resourceVersion: string | undefined;
  /** @internal */
  readonly contents: ContentsReader<T>;

  /** @internal */
  constructor(
    { synced, resourceVersion }: { readonly synced: boolean; readonly resourceVersion: string | undefined },
    contents: ContentsReader<T>,
  ) {
    this.synced = synced;
    this.resourceVersion = resourceVersion;
    this.contents = contents;
  }

  /** The number of objects. */
  get size(): number {
    return this.contents.size;
  }

  /** The stored object with the key of this one. Throws a `StoreError` for an object without a key. */
  get(object: T): T | undefined {
    return this.getByKey(storeKey(object));
  }

  /** The object with this key, see `metaNamespaceKey`. */
  getByKey(key: string): T | undefined {
    return this.contents.get(key);
  }

  /** All objects in a frozen array: the same array for as long as none of them changes. */
  list(): readonly T[] {
    return this.contents.list();
  }

  /** All keys, in a new array. */
  keys(): string[] {
    return this.contents.keys();
  }

  /**
   * The objects that share a value of this index with the given object, each once. Throws `UnknownIndex` if there is no such
   * index, and `IndexFunction` if its function fails for the given object.
   */
  index(name: I, object: T): readonly T[] {
    const index = this.contents.index(name);
    const values = index.valuesOf(storeKey(object), object, refuse) ?? [];
    const [value] = values;
    if (value === undefined) return [];
    return values.length === 1 ? index.get(value) : [...new Set(values.flatMap((each) => index.get(each)))];
  }

  /**
   * The objects with this value in a frozen array: the same array for as long as none of them changes. Empty if no object has
   * the value. Throws `UnknownIndex` if there is no such index.
   */
  byIndex(name: I, value: string): readonly T[] {
    return this.contents.index(name).get(value);
  }

  /** The keys of the objects with this value, sorted. Throws `UnknownIndex` if there is no such index. */
  indexKeys(name: I, value: string): string[] {
    return this.byIndex(name, value).map(storeKey).sort();
  }

  /** The values that the objects have in this index. Throws `UnknownIndex` if there is no such index; client-go returns nothing. */
  listIndexFuncValues(name: I): string[] {
    return this.contents.index(name).values();
  }

  /**
   * The number of objects of each value of this index, in a new map: counts by phase or by node, without an array of objects. An
   * object with several values counts once for each. Throws `UnknownIndex` if there is no such index.
   */
  sizes(name: I): Map<string, number> {
    return this.contents.index(name).sizes();
  }

  /**
   * The keys of the objects that this index leaves out because its function failed for them. The snapshot has these objects.
   * Throws `UnknownIndex` if there is no such index.
   */
  unindexedKeys(name: I): string[] {
    return this.contents.index(name).leftOutKeys();
  }

  /** The index functions by name, in a new object. */
  indexers(): Indexers<T, I> {
    const { contents } = this;
    const indexers = contents.indexNames.map((name) => [name, contents.index(name).indexFunction] as const);
    return Object.fromEntries(indexers) as Indexers<T, I>;
  }
}
