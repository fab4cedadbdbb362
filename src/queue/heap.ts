/** How a {@link Heap} is set up. */
export interface HeapOptions<V> {
  /** The key of a value, which must not change while it is in the heap. */
  readonly key: (value: V) => string;
  /**
   * True where `a` comes out before `b`. Equal values come out in any order. It must be a strict order
   * that does not change; otherwise values come out in a wrong order, but none is lost. If it throws, the caller
   * gets the error, and the heap is what it was before the call.
   */
  readonly less: (a: V, b: V) => boolean;
}

interface Slot<V> {
  readonly key: string;
  value: V;
  index: number;
}

/**
 * A heap whose values have keys: the smallest one is at hand, any other is found, changed and removed by its key. Writes and
 * `pop` take logarithmic time, lookups constant time. client-go's Heap, which waits where this answers `undefined`.
 */
export class Heap<V> {
  private readonly keyOf: (value: V) => string;
  private readonly less: (a: V, b: V) => boolean;
  private readonly byKey = new Map<string, Slot<V>>();
  private readonly slots: Slot<V>[] = [];

  constructor({ key, less }: HeapOptions<V>) {
    this.keyOf = key;
    this.less = less;
  }

  get size(): number {
    return this.slots.length;
  }

  /** Puts a value in, or in the place of the one with its key. */
  add(value: V): void {
    const key = this.keyOf(value);
    const held = this.byKey.get(key);
    if (held === undefined) {
      this.insert(key, value);
      return;
    }
    const places = this.placesOf(value, held.index, this.slots.length);
    held.value = value;
    this.move(held, places);
  }

  /** The same as {@link add}: both are upserts. */
  update(value: V): void {
    this.add(value);
  }

  /** Puts a value in, unless there is one with its key: that one stays as it is. */
  addIfNotPresent(value: V): void {
    const key = this.keyOf(value);
    if (!this.byKey.has(key)) this.insert(key, value);
  }

  /** Removes the value with the key of this one; false where there is none. */
  delete(value: V): boolean {
    const slot = this.byKey.get(this.keyOf(value));
    if (slot === undefined) return false;
    this.remove(slot);
    return true;
  }

  /** The value with the key of this one. */
  get(value: V): V | undefined {
    return this.getByKey(this.keyOf(value));
  }

  /** The value with this key. */
  getByKey(key: string): V | undefined {
    return this.byKey.get(key)?.value;
  }

  /** The smallest value, which stays. */
  peek(): V | undefined {
    return this.slots[0]?.value;
  }

  /** The smallest value, which leaves. */
  pop(): V | undefined {
    const [smallest] = this.slots;
    if (smallest === undefined) return undefined;
    this.remove(smallest);
    return smallest.value;
  }

  /** All values in a new array, in unspecified order. */
  list(): V[] {
    return this.slots.map(({ value }) => value);
  }

  /** All keys in a new array, in unspecified order. */
  listKeys(): string[] {
    return this.slots.map(({ key }) => key);
  }

  // Each change is planned first, which asks for the order, and made then, which cannot fail.

  private insert(key: string, value: V): void {
    const index = this.slots.length;
    const places = this.placesAbove(value, index);
    const slot = { key, value, index };
    this.byKey.set(key, slot);
    this.slots.push(slot);
    this.move(slot, places);
  }

  private remove(slot: Slot<V>): void {
    const end = this.slots.length - 1;
    const last = this.slots[end];
    const places = last === undefined || last === slot ? [] : this.placesOf(last.value, slot.index, end);
    this.byKey.delete(slot.key);
    this.slots.pop();
    if (last === undefined || last === slot) return;
    this.place(last, slot.index);
    this.move(last, places);
  }

  /** The places that a value at this one passes on the way to where it belongs, in a heap that ends before `end`. */
  private placesOf(value: V, index: number, end: number): readonly number[] {
    const above = this.placesAbove(value, index);
    return above.length > 0 ? above : this.placesBelow(value, index, end);
  }

  private placesAbove(value: V, index: number): readonly number[] {
    const places: number[] = [];
    for (let at = index; at > 0; places.push(at)) {
      at = (at - 1) >> 1;
      if (!this.less(value, this.valueAt(at))) break;
    }
    return places;
  }

  private placesBelow(value: V, index: number, end: number): readonly number[] {
    const places: number[] = [];
    for (let at = 2 * index + 1; at < end; at = 2 * at + 1) {
      if (at + 1 < end && this.less(this.valueAt(at + 1), this.valueAt(at))) at++;
      if (!this.less(this.valueAt(at), value)) break;
      places.push(at);
    }
    return places;
  }

  private valueAt(index: number): V {
    return (this.slots[index] as Slot<V>).value;
  }

  /** Moves a slot from place to place; what was there takes the one before. */
  private move(slot: Slot<V>, places: readonly number[]): void {
    for (const index of places) {
      this.place(this.slots[index] as Slot<V>, slot.index);
      this.place(slot, index);
    }
  }

  private place(slot: Slot<V>, index: number): void {
    this.slots[index] = slot;
    slot.index = index;
  }
}

/**
 * Makes a {@link Heap}.
 *
 * ```ts
 * const byAge = heap<Raw<V1Pod>>({
 *   key: metaNamespaceKey,
 *   less: (a, b) => (a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? ''),
 * });
 * ```
 */
export function heap<V>(options: HeapOptions<V>): Heap<V> {
  return new Heap(options);
}
