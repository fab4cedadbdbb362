import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ContentsReader } from './contents/contents-reader.ts';
import { storeKey } from './store-key.ts';
import { refuse } from './contents/index-failure.ts';
import type { Indexers } from './contents/indexers.ts';

/**
 * A state to read: that of a `Snapshot`, or one with own writes laid over it. It never changes.
 *
 * `I` are the names of its indexes. The order of objects, keys and index values is unspecified, but for `indexKeys`.
 */
export class SnapshotReader<T extends KubernetesObject, I extends string = never> {
  /** True once the state has been complete, which is with the first `Replaced`. */
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

  /** The stored object with the key of this one. Throws a `StoreError` if it has none. */
  get(object: T): T | undefined {
    return this.getByKey(storeKey(object));
  }

  /** The object with this key, see `metaNamespaceKey`. */
  getByKey(key: string): T | undefined {
    return this.contents.get(key);
  }

  /** All objects in a frozen array: the same one for as long as none of them changes. */
  list(): readonly T[] {
    return this.contents.list();
  }

  /** All keys, in a new array. */
  keys(): string[] {
    return this.contents.keys();
  }

  /**
   * The objects that share a value of this index with the given one, each once. `UnknownIndex` for another name,
   * `IndexFunction` where the function fails for the given object.
   */
  index(name: I, object: T): readonly T[] {
    const index = this.contents.index(name);
    const values = index.valuesOf(storeKey(object), object, refuse) ?? [];
    const [value] = values;
    if (value === undefined) return [];
    return values.length === 1 ? index.get(value) : [...new Set(values.flatMap((each) => index.get(each)))];
  }

  /**
   * The objects with this value in a frozen array: the same one for as long as none of them changes. Empty for a value
   * that no object has; `UnknownIndex` for another name.
   */
  byIndex(name: I, value: string): readonly T[] {
    return this.contents.index(name).get(value);
  }

  /** The keys of the objects with this value, sorted. `UnknownIndex` for another name. */
  indexKeys(name: I, value: string): string[] {
    return this.byIndex(name, value).map(storeKey).sort();
  }

  /** The values that the objects have in this index. `UnknownIndex` for another name, where client-go says nothing. */
  listIndexFuncValues(name: I): string[] {
    return this.contents.index(name).values();
  }

  /**
   * The keys of the objects that this index lacks because its function failed for them; they are in the snapshot all the
   * same. `UnknownIndex` for another name.
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
