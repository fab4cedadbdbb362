// Below this many free slots at the front, moving the rest up is not worth its allocation.
const slack = 1024;

/**
 * First in, first out, in amortised constant time: an array and where it begins. A slot is cleared as it is taken, so
 * that the line keeps nothing alive that has left it.
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

  /** The first one, which stays. */
  peek(): V | undefined {
    return this.slots[this.start];
  }

  /** The first one, which leaves. */
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
