import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { Snapshot } from '../../store/snapshot.ts';

const none: readonly never[] = Object.freeze([]);

/**
 * The snapshots of several informers at one moment, read as one. It never changes. Keys are unique in a part; parts of
 * different clusters may have the same.
 */
export class MergedSnapshot<T extends KubernetesObject, I extends string = never, N extends string = string> {
  /** The snapshot of each part, also of those that have not synced; they are empty. */
  readonly parts: ReadonlyMap<N, Snapshot<T, I>>;
  private readonly joined = new Map<string, readonly T[]>();

  /** @internal */
  constructor(parts: ReadonlyMap<N, Snapshot<T, I>>) {
    this.parts = parts;
  }

  /** True where every part has synced. */
  get synced(): boolean {
    return [...this.parts.values()].every(({ synced }) => synced);
  }

  /** The number of objects. */
  get size(): number {
    return [...this.parts.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** All objects in a frozen array, part by part; the same one each time. */
  list(): readonly T[] {
    return this.join('', (snapshot) => snapshot.list());
  }

  /** The object with this key in a part, or in the first part that has one. */
  getByKey(key: string, part?: N): T | undefined {
    if (part !== undefined) return this.parts.get(part)?.getByKey(key);
    for (const snapshot of this.parts.values()) {
      const object = snapshot.getByKey(key);
      if (object !== undefined) return object;
    }
    return undefined;
  }

  /**
   * The objects with this value of an index in a frozen array, part by part; the same one each time, and where they are all
   * of one part for as long as none of them changes. A `StoreError` `UnknownIndex` for another name.
   */
  byIndex(name: I, value: string): readonly T[] {
    return this.join(JSON.stringify([name, value]), (snapshot) => snapshot.byIndex(name, value));
  }

  /** The number of objects of each value of an index in all parts, in a new map. A `StoreError` `UnknownIndex` for another name. */
  sizes(name: I): Map<string, number> {
    const sizes = new Map<string, number>();
    for (const snapshot of this.parts.values()) {
      for (const [value, size] of snapshot.sizes(name)) sizes.set(value, (sizes.get(value) ?? 0) + size);
    }
    return sizes;
  }

  private join(what: string, read: (snapshot: Snapshot<T, I>) => readonly T[]): readonly T[] {
    let joined = this.joined.get(what);
    if (joined === undefined) {
      const [first = none, ...others] = [...this.parts.values()].map(read).filter(({ length }) => length > 0);
      joined = others.length === 0 ? first : Object.freeze(first.concat(...others));
      this.joined.set(what, joined);
    }
    return joined;
  }
}
