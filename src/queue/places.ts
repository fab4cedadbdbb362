/** A place in a line. */
export interface Place<T> {
  readonly key: string;
  /** Who stands there; `undefined`: nobody any more. */
  object: T | undefined;
  /** It belongs to what the line started with. */
  isInitial: boolean;
  before: Place<T> | undefined;
  after: Place<T> | undefined;
}

/** The places of a line, one for each key, in order: a linked list, so that any of them can leave in constant time. */
export class Places<T> implements Iterable<Place<T>> {
  private readonly byKey = new Map<string, Place<T>>();
  private first: Place<T> | undefined;
  private last: Place<T> | undefined;

  get size(): number {
    return this.byKey.size;
  }

  get(key: string): Place<T> | undefined {
    return this.byKey.get(key);
  }

  /** A new place at the end. Its key must not have one. */
  append(key: string, object: T): void {
    const place: Place<T> = { key, object, isInitial: false, before: this.last, after: undefined };
    if (this.last === undefined) this.first = place;
    else this.last.after = place;
    this.last = place;
    this.byKey.set(key, place);
  }

  /** A place that was removed still knows what came after it, so that one can remove while iterating. */
  remove(place: Place<T>): void {
    const { key, before, after } = place;
    if (before === undefined) this.first = after;
    else before.after = after;
    if (after === undefined) this.last = before;
    else after.before = before;
    this.byKey.delete(key);
  }

  *[Symbol.iterator](): Generator<Place<T>, undefined> {
    for (let place = this.first; place !== undefined; place = place.after) yield place;
    return undefined;
  }
}
