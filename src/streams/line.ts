// With fewer free slots at the front, it is not worth an allocation to move the rest up.
const slack = 1024;

/**
 * First in, first out, in amortised constant time: an array and the index where it begins. A slot is cleared when its value
 * leaves, so that the line keeps no value alive that has left it.
 */
export class Line<V> implements Iterable<V> {
  private slots: (V | undefined)[];
  private start = 0;

  constructor(values: Iterable<V> = []) {
    this.slots = [...values];
  }

  get length(): number {
    return this.slots.length - this.start;
  }

  push(value: V): void {
    this.slots.push(value);
  }

  /** Returns the first value, which stays. */
  peek(): V | undefined {
    return this.slots[this.start];
  }

  /** Removes and returns the first value. */
  shift(): V | undefined {
    if (this.length === 0) return undefined;
    const value = this.slots[this.start];
    this.slots[this.start++] = undefined;
    if (this.start === this.slots.length) this.moveUp([]);
    else if (this.start >= slack && this.start * 2 >= this.slots.length) this.moveUp(this.slots.slice(this.start));
    return value;
  }

  *[Symbol.iterator](): Generator<V, undefined> {
    for (let at = this.start; at < this.slots.length; at++) yield this.slots[at] as V;
    return undefined;
  }

  private moveUp(rest: (V | undefined)[]): void {
    this.slots = rest;
    this.start = 0;
  }
}
