import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { Contents } from './contents.ts';
import { isSameObject, isSameRevision, storeKey } from './identity.ts';
import { refuse } from './index-failure.ts';
import type { Indexers } from './indexers.ts';

/** What a snapshot is made of besides its contents. */
export interface SnapshotState {
  readonly revision: number;
  readonly synced: boolean;
  readonly resourceVersion: string | undefined;
}

/**
 * The state of a store at one moment. It never changes, costs little to keep, and reads equally fast however old it is.
 *
 * `I` are the names of its indexes. The order of objects, keys and index values is unspecified, but for `indexKeys`.
 */
export class Snapshot<T extends KubernetesObject, I extends string = never> {
  /** 0 for the empty snapshot, one more for each that follows. */
  readonly revision: number;
  /** True once the state has been complete, which is with the first `Replaced`. */
  readonly synced: boolean;
  /** The newest version for which this state is complete. It goes back only with a `Replaced`. */
  readonly resourceVersion: string | undefined;
  /** @internal */
  readonly contents: Contents<T>;

  /** @internal */
  constructor({ revision, synced, resourceVersion }: SnapshotState, contents: Contents<T>) {
    this.revision = revision;
    this.synced = synced;
    this.resourceVersion = resourceVersion;
    this.contents = contents;
  }

  /** The number of objects. */
  get size(): number {
    return this.contents.objects.size;
  }

  /** The stored object with the key of this one. Throws a `StoreError` if it has none. */
  get(object: T): T | undefined {
    return this.getByKey(storeKey(object));
  }

  /** The object with this key, see `metaNamespaceKey`. */
  getByKey(key: string): T | undefined {
    return this.contents.objects.get(key);
  }

  /** All objects in a frozen array: the same one for as long as none of them changes. */
  list(): readonly T[] {
    return this.contents.list();
  }

  /** All keys, in a new array. */
  keys(): string[] {
    return this.contents.objects.keys();
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
    const indexers = Array.from(this.contents.indexes, ([name, { indexFunction }]) => [name, indexFunction] as const);
    return Object.fromEntries(indexers) as Indexers<T, I>;
  }

  /**
   * What leads from an older snapshot to this one: deletions first, then additions and updates. Between snapshots of one
   * store it takes time proportional to what changed, unless there was a compaction or a big `Replaced` in between; any
   * other snapshot can be given as well.
   *
   * Intermediate states are not seen, so every deletion has `finalStateUnknown`, and a new uid under an old key is a
   * deletion and an addition. Additions have `isInInitialList` where the older snapshot was not synced.
   */
  changesSince(older: Snapshot<T>): InformerEvent<T>[] {
    const deletions: InformerEvent<T>[] = [];
    const others: InformerEvent<T>[] = [];
    const isInInitialList = !older.synced;
    this.contents.objects.forEachDifference(older.contents.objects, (_key, before, after) => {
      if (before !== undefined && after !== undefined && isSameRevision(before, after)) return;
      if (before !== undefined && after !== undefined && isSameObject(before, after)) {
        others.push({ type: 'updated', object: after, oldObject: before });
        return;
      }
      if (before !== undefined) deletions.push({ type: 'deleted', object: before, finalStateUnknown: true });
      if (after !== undefined) others.push({ type: 'added', object: after, isInInitialList });
    });
    return deletions.concat(others);
  }
}

/** How a snapshot starts. */
export interface SnapshotOptions<T, I extends string> {
  /** The indexes to keep, none by default. An object that a function fails for is left out of that index. */
  readonly indexers?: Indexers<T, I>;
}

/** The snapshot before anything is known: revision 0, not synced, without objects. */
export function emptySnapshot<T extends KubernetesObject>(): Snapshot<T>;
export function emptySnapshot<T extends KubernetesObject, I extends string>(
  options: SnapshotOptions<T, I>,
): Snapshot<T, I>;
export function emptySnapshot<T extends KubernetesObject, I extends string>(
  options: SnapshotOptions<T, I> = {},
): Snapshot<T, I> {
  const state = { revision: 0, synced: false, resourceVersion: undefined };
  return new Snapshot<T, I>(state, Contents.empty<T>(options.indexers));
}
