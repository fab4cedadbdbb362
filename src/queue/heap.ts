/** How a {@link Heap} is set up. */
export interface HeapOptions<V> {
  /** The key of a value, which must not change while it is in the heap. */
  readonly key: (value: V) => string;
  /**
   * True where `a` comes out before `b`. Values of which neither does come out in any order. It must be a strict order
   * that does not change, and must not throw: the order of the heap is lost otherwise, though none of its values.
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
    held.value = value;
    this.settle(held);
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

  private insert(key: string, value: V): void {
    const slot = { key, value, index: this.slots.length };
    this.byKey.set(key, slot);
    this.slots.push(slot);
    this.rise(slot);
  }

  private remove(slot: Slot<V>): void {
    this.byKey.delete(slot.key);
    const last = this.slots.pop();
    if (last === undefined || last === slot) return;
    this.place(last, slot.index);
    this.settle(last);
  }

  private settle(slot: Slot<V>): void {
    this.rise(slot);
    this.sink(slot);
  }

  private rise(slot: Slot<V>): void {
    while (slot.index > 0) {
      const parent = this.slots[(slot.index - 1) >> 1];
      if (parent === undefined || !this.less(slot.value, parent.value)) return;
      this.swap(slot, parent);
    }
  }

  private sink(slot: Slot<V>): void {
    for (;;) {
      const left = this.slots[2 * slot.index + 1];
      const right = this.slots[2 * slot.index + 2];
      const child = left !== undefined && right !== undefined && this.less(right.value, left.value) ? right : left;
      if (child === undefined || !this.less(child.value, slot.value)) return;
      this.swap(slot, child);
    }
  }

  private swap(a: Slot<V>, b: Slot<V>): void {
    const { index } = a;
    this.place(a, b.index);
    this.place(b, index);
  }

  private place(slot: Slot<V>, index: number): void {
    this.slots[index] = slot;
    slot.index = index;
  }
}
