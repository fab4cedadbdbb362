import { absent, type Slot, SlotVector } from './slot-vector.ts';

/** When a map rids itself of the slots of deleted keys. The defaults are measured ones; specs use small ones. */
export interface CompactionLimits {
  /** This many dead slots are always tolerated; a larger map tolerates half as many as it has entries. */
  readonly slack: number;
  /** A map of at most this many slots is rebuilt within one write; the default takes some 3 ms. */
  readonly atOnce: number;
  /** In a larger map each write moves this many slots, until all are moved. */
  readonly step: number;
}

const defaultLimits: CompactionLimits = { slack: 32, atOnce: 16_384, step: 16 };

/** What the versions of one lineage share: which slot each key has. It only grows; a slot keeps its key for ever. */
class Generation<V> {
  readonly limits: CompactionLimits;
  readonly slots: Map<string, number> = new Map<string, number>();
  readonly keys: string[] = [];
  /** A compaction under way. `turn` tells which version it stands for: any other that is written to starts anew. */
  move: { readonly target: PersistentMap<V>; readonly cursor: number; readonly turn: number } | undefined;
  turn = 0;

  constructor(limits: CompactionLimits) {
    this.limits = limits;
  }
}

/**
 * An immutable map with string keys, whose every version stays valid and equally fast for as long as it is held.
 *
 * A table `key -> slot`, shared by the versions of a generation, finds a slot at the speed of a native Map. The slots
 * are a {@link SlotVector}; a write copies one path of it. Only a version that knows every slot of the table may
 * add a key to it; adding one to any other version first rebuilds that version as a generation of its own, which takes
 * time proportional to its size. So a linear history never pays it, and histories that part do so once.
 *
 * Deleted keys leave dead slots, and get them back if they are added again. If there are too many, the map is rebuilt
 * without them: at once if it is small, otherwise step by step within the following writes. A version keeps the keys of its
 * generation in memory, and no others; the empty map has no table.
 *
 * The order of entries is unspecified, and the same for `keys`, `values` and `entries` of one version.
 */
export class PersistentMap<V> implements Iterable<readonly [string, V]> {
  readonly size: number;
  private readonly generation: Generation<V>;
  private readonly vector: SlotVector<V>;
  /** This version knows the slots below; those above were added by later ones. */
  private readonly extent: number;
  /** Of the move that stands for this version; 0 for none. */
  private turn = 0;

  private constructor(generation: Generation<V>, vector: SlotVector<V>, extent: number, size: number) {
    this.generation = generation;
    this.vector = vector;
    this.extent = extent;
    this.size = size;
  }

  /** The map without entries. */
  static empty<V>(limits: CompactionLimits = defaultLimits): PersistentMap<V> {
    return new PersistentMap(new Generation<V>(limits), SlotVector.blank<V>(), 0, 0);
  }

  /** The map of these entries; of those with the same key, the last. The fast way to fill or to replace a whole map. */
  static from<V>(entries: Iterable<readonly [string, V]>, limits: CompactionLimits = defaultLimits): PersistentMap<V> {
    const generation = new Generation<V>(limits);
    const { slots, keys } = generation;
    const values: V[] = [];
    for (const [key, value] of entries) {
      const slot = slots.get(key);
      if (slot === undefined) {
        slots.set(key, keys.length);
        keys.push(key);
        values.push(value);
      } else {
        values[slot] = value;
      }
    }
    return new PersistentMap(generation, SlotVector.from(values), keys.length, keys.length);
  }

  /** Identifies the table that this version shares with others: a new one was made by a fork or a compaction. */
  get table(): object {
    return this.generation;
  }

  /** The value of a key, `undefined` where there is none. */
  get(key: string): V | undefined {
    const value = this.slotOf(key);
    return value === absent ? undefined : value;
  }

  /** True where the key has a value, were it `undefined`. */
  has(key: string): boolean {
    return this.slotOf(key) !== absent;
  }

  /** This map with that value for that key; itself, where the key has the identical value. */
  set(key: string, value: V): PersistentMap<V> {
    const { generation, extent, size } = this;
    const slot = generation.slots.get(key);
    if (slot === undefined || slot >= extent) return this.added(key, value);
    const before = this.vector.at(slot);
    if (before === value) return this;
    return this.written(slot, value, extent, before === absent ? size + 1 : size);
  }

  /** This map without that key; itself, where the key has no value. */
  delete(key: string): PersistentMap<V> {
    const { generation, extent, size } = this;
    const slot = generation.slots.get(key);
    if (slot === undefined || slot >= extent || this.vector.at(slot) === absent) return this;
    if (size === 1) return PersistentMap.empty(generation.limits);
    return this.written(slot, absent, extent, size - 1);
  }

  /** Calls `visit` for each entry. */
  forEach(visit: (value: V, key: string) => void): void {
    const { keys } = this.generation;
    this.vector.forEach((value, slot) => visit(value, keys[slot] as string));
  }

  /** A new array of the values. */
  values(): V[] {
    return this.vector.values();
  }

  /** A new array of the keys. */
  keys(): string[] {
    const keys: string[] = [];
    this.forEach((_, key) => keys.push(key));
    return keys;
  }

  /** A new array of the entries. */
  entries(): (readonly [string, V])[] {
    const entries: (readonly [string, V])[] = [];
    this.forEach((value, key) => entries.push([key, value]));
    return entries;
  }

  [Symbol.iterator](): IterableIterator<readonly [string, V]> {
    return this.entries()[Symbol.iterator]();
  }

  /**
   * Calls `visit` for each key whose value is not identical in `older`; `undefined` stands for no value. Between
   * versions of one generation it takes time proportional to the differences, otherwise to both sizes.
   */
  forEachDifference(
    older: PersistentMap<V>,
    visit: (key: string, before: V | undefined, after: V | undefined) => void,
  ): void {
    if (this.generation === older.generation) {
      const { keys } = this.generation;
      this.vector.forEachDifference(older.vector, (slot, before, after) =>
        visit(keys[slot] as string, valueOf(before), valueOf(after)),
      );
      return;
    }
    older.forEach((before, key) => {
      if (!this.has(key)) visit(key, before, undefined);
    });
    this.forEach((after, key) => {
      const before = older.slotOf(key);
      if (before !== after) visit(key, valueOf(before), after);
    });
  }

  private slotOf(key: string): Slot<V> {
    const slot = this.generation.slots.get(key);
    return slot === undefined || slot >= this.extent ? absent : this.vector.at(slot);
  }

  private added(key: string, value: V): PersistentMap<V> {
    const { generation, extent, size } = this;
    if (size === 0) return PersistentMap.from([[key, value]], generation.limits);
    if (extent < generation.keys.length) return this.rebuilt().added(key, value);
    generation.slots.set(key, extent);
    generation.keys.push(key);
    return this.written(extent, value, extent + 1, size + 1);
  }

  private written(slot: number, value: Slot<V>, extent: number, size: number): PersistentMap<V> {
    const { generation } = this;
    const next = new PersistentMap(generation, this.vector.with(slot, value), extent, size);
    const { move, limits } = generation;
    const moving = move !== undefined && move.turn === this.turn;
    if (!moving && extent - size <= limits.slack + (size >> 1)) return next;
    if (extent <= limits.atOnce) return next.rebuilt();
    return next.moved(moving ? move : undefined, slot, value);
  }

  private rebuilt(): PersistentMap<V> {
    const generation = new Generation<V>(this.generation.limits);
    this.forEach((_, key) => {
      generation.slots.set(key, generation.keys.length);
      generation.keys.push(key);
    });
    return new PersistentMap(generation, SlotVector.from(this.values()), this.size, this.size);
  }

  /** Takes the move one step further, after mirroring in what it has moved so far the write that made this version. */
  private moved(move: Generation<V>['move'], slot: number, value: Slot<V>): PersistentMap<V> {
    const { generation, vector, extent } = this;
    let target = move?.target ?? PersistentMap.empty<V>(generation.limits);
    let cursor = move?.cursor ?? 0;
    const put = (at: number, content: Slot<V>): void => {
      const key = generation.keys[at] as string;
      target = content === absent ? target.delete(key) : target.set(key, content);
    };
    if (slot < cursor) put(slot, value);
    const end = Math.min(cursor + generation.limits.step, extent);
    for (; cursor < end; cursor++) put(cursor, vector.at(cursor));
    if (cursor === extent) {
      generation.move = undefined;
      return target;
    }
    this.turn = ++generation.turn;
    generation.move = { target, cursor, turn: this.turn };
    return this;
  }
}

function valueOf<V>(slot: Slot<V>): V | undefined {
  return slot === absent ? undefined : slot;
}
