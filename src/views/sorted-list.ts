/** Less than 0 if `a` is before `b`. It is 0 only for an item and itself, or one that stands for it. */
export type Compare<E> = (a: E, b: E) => number;

/** The size of a chunk that is made of many items at once. A chunk is split when it has twice as many. */
const chunkSize = 256;

/** A chunk that has become smaller is joined with its neighbour. */
const smallestChunk = 64;

/** More than the greatest size of a chunk: a place is the number of its chunk times this, plus the index in that chunk. */
const placesPerChunk = 2 * chunkSize;

/**
 * An immutable sorted list in chunks. A change copies one chunk and the array of chunks, and shares the others, so every version
 * stays valid and equally fast. `at` finds a chunk by the numbers of items before each, which the first call counts.
 */
export class SortedList<E> implements Iterable<E> {
  readonly length: number;
  readonly chunks: readonly (readonly E[])[];
  private readonly compare: Compare<E>;
  private starts: Uint32Array | undefined;

  private constructor(compare: Compare<E>, chunks: readonly (readonly E[])[], length: number) {
    this.compare = compare;
    this.chunks = chunks;
    this.length = length;
  }

  /** The list without items. */
  static empty<E>(compare: Compare<E>): SortedList<E> {
    return new SortedList(compare, [], 0);
  }

  /** The list of these chunks, which are sorted and follow each other. Empty ones are left out. */
  static ofChunks<E>(compare: Compare<E>, chunks: readonly (readonly E[])[]): SortedList<E> {
    const filled = chunks.filter((chunk) => chunk.length > 0);
    return new SortedList(
      compare,
      filled,
      filled.reduce((sum, { length }) => sum + length, 0),
    );
  }

  /** The list of these items, which are sorted. */
  static of<E>(compare: Compare<E>, sorted: readonly E[]): SortedList<E> {
    const chunks: (readonly E[])[] = [];
    for (let start = 0; start < sorted.length; start += chunkSize) chunks.push(sorted.slice(start, start + chunkSize));
    return new SortedList(compare, chunks, sorted.length);
  }

  /** The item at an index, `undefined` outside of the list. */
  at(index: number): E | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    const chunk = this.chunkAt(index);
    return this.chunks[chunk]?.[index - (this.offsets[chunk] as number)];
  }

  /** The items from an index up to another, in a new array. */
  slice(from: number, to: number): E[] {
    const items: E[] = [];
    if (!(from < to && from < this.length)) return items;
    let chunk = this.chunkAt(Math.max(0, from));
    for (let start = this.offsets[chunk] as number; start < to && chunk < this.chunks.length; chunk++) {
      const held = this.chunks[chunk] as readonly E[];
      const end = Math.min(held.length, to - start);
      for (let index = Math.max(0, from - start); index < end; index++) items.push(held[index] as E);
      start += held.length;
    }
    return items;
  }

  /** The place of the item that compares as equal to this one, -1 for none. A place is valid for this list alone. */
  find(like: E): number {
    const place = this.placeOf(like);
    const found = this.chunks[chunkOf(place)]?.[indexIn(place)];
    return found !== undefined && this.compare(found, like) === 0 ? place : -1;
  }

  /** The item at a place that `find` gave. */
  atPlace(place: number): E {
    return (this.chunks[chunkOf(place)] as readonly E[])[indexIn(place)] as E;
  }

  /** True where just this item is held. */
  has(item: E): boolean {
    const place = this.find(item);
    return place >= 0 && this.atPlace(place) === item;
  }

  /** The index of this item, -1 where it is not held. */
  indexOf(item: E): number {
    const place = this.find(item);
    return place >= 0 && this.atPlace(place) === item ? (this.offsets[chunkOf(place)] as number) + indexIn(place) : -1;
  }

  /** The first item, `undefined` in an empty list. */
  first(): E | undefined {
    return this.chunks[0]?.[0];
  }

  /** This list with an item that it does not hold. */
  with(item: E): SortedList<E> {
    const place = this.placeOf(item);
    const chunk = chunkOf(place);
    const held = this.chunks[chunk];
    if (held === undefined) return new SortedList(this.compare, [...this.chunks, [item]], this.length + 1);
    const copy = held.toSpliced(indexIn(place), 0, item);
    const parts = copy.length < 2 * chunkSize ? [copy] : [copy.slice(0, chunkSize), copy.slice(chunkSize)];
    return this.spliced(chunk, 1, parts, this.length + 1);
  }

  /** This list without an item; itself, where it does not hold just this one. */
  without(item: E): SortedList<E> {
    const place = this.find(item);
    return place >= 0 && this.atPlace(place) === item ? this.withoutPlace(place) : this;
  }

  /** This list without the item at a place. */
  withoutPlace(place: number): SortedList<E> {
    const chunk = chunkOf(place);
    const copy = (this.chunks[chunk] as readonly E[]).toSpliced(indexIn(place), 1);
    const length = this.length - 1;
    if (copy.length === 0) return this.spliced(chunk, 1, [], length);
    const next = this.chunks[chunk + 1];
    if (copy.length >= smallestChunk || next === undefined || copy.length + next.length >= 2 * chunkSize) {
      return this.spliced(chunk, 1, [copy], length);
    }
    return this.spliced(chunk, 2, [copy.concat(next)], length);
  }

  /** This list with an item instead of the one at a place. */
  replacedAt(place: number, item: E): SortedList<E> {
    const chunk = chunkOf(place);
    const index = indexIn(place);
    const held = this.chunks[chunk] as readonly E[];
    const target = this.compare(held[index] as E, item) === 0 ? place : this.placeOf(item);
    if (chunkOf(target) !== chunk) return this.withoutPlace(place).with(item);
    const copy = held.slice();
    const targetIndex = indexIn(target);
    if (targetIndex === index) {
      copy[index] = item;
    } else {
      copy.splice(index, 1);
      copy.splice(targetIndex > index ? targetIndex - 1 : targetIndex, 0, item);
    }
    return this.spliced(chunk, 1, [copy], this.length);
  }

  /** True where the list holds just these items, in this order. */
  isOf(items: readonly E[]): boolean {
    if (items.length !== this.length) return false;
    let index = 0;
    for (const chunk of this.chunks) for (const item of chunk) if (item !== items[index++]) return false;
    return true;
  }

  /** The list without items, in the same order. */
  emptied(): SortedList<E> {
    return SortedList.empty(this.compare);
  }

  *[Symbol.iterator](): IterableIterator<E> {
    for (const chunk of this.chunks) yield* chunk;
  }

  /** The number of items before each chunk. */
  private get offsets(): Uint32Array {
    if (this.starts === undefined) {
      const { chunks } = this;
      this.starts = new Uint32Array(chunks.length);
      for (let index = 1; index < chunks.length; index++) {
        this.starts[index] = (this.starts[index - 1] as number) + (chunks[index - 1] as readonly E[]).length;
      }
    }
    return this.starts;
  }

  private chunkAt(index: number): number {
    const { offsets } = this;
    let low = 0;
    let high = offsets.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((offsets[middle] as number) <= index) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The place of the first item that is not before this one, in the last chunk whose first item is not behind it. */
  private placeOf(item: E): number {
    const { chunks, compare } = this;
    let low = 0;
    let high = chunks.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (compare((chunks[middle] as readonly E[])[0] as E, item) <= 0) low = middle;
      else high = middle;
    }
    const chunk = low;
    const held = chunks[chunk];
    if (held === undefined) return 0;
    low = 0;
    high = held.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(held[middle] as E, item) < 0) low = middle + 1;
      else high = middle;
    }
    return chunk * placesPerChunk + low;
  }

  private spliced(chunk: number, count: number, parts: readonly (readonly E[])[], length: number): SortedList<E> {
    const chunks = this.chunks.slice();
    if (count === 1 && parts.length === 1) chunks[chunk] = parts[0] as readonly E[];
    else chunks.splice(chunk, count, ...parts);
    return new SortedList(this.compare, chunks, length);
  }
}

function chunkOf(place: number): number {
  return Math.trunc(place / placesPerChunk);
}

function indexIn(place: number): number {
  return place % placesPerChunk;
}
