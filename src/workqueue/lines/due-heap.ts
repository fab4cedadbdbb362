import type { Entry } from './entry.ts';

/**
 * The keys that have a time, the earliest first: a binary heap that knows the place of each key, so that a time can change.
 * Keys of the same time come in the order in which they got it.
 */
export class DueHeap<K> {
  private readonly entries: Entry<K>[] = [];

  get size(): number {
    return this.entries.length;
  }

  /** Returns the key with the earliest time, which stays. */
  peek(): Entry<K> | undefined {
    return this.entries[0];
  }

  /** Gives a key the earlier of its two times. One that has none leaves. */
  settle(entry: Entry<K>): void {
    const isTimer = isTimerNext(entry);
    const dueAt = isTimer ? entry.timerAt : entry.wakeAt;
    const dueOrder = isTimer ? entry.timerOrder : entry.wakeOrder;
    if (dueAt === entry.dueAt && dueOrder === entry.dueOrder) return;
    entry.dueAt = dueAt;
    entry.dueOrder = dueOrder;
    if (dueAt === Infinity) {
      if (entry.place >= 0) this.remove(entry);
      return;
    }
    if (entry.place < 0) {
      entry.place = this.entries.length;
      this.entries.push(entry);
    }
    this.move(entry);
  }

  private remove(entry: Entry<K>): void {
    const { place } = entry;
    const last = this.entries.pop();
    entry.place = -1;
    if (last === undefined || last === entry) return;
    this.entries[place] = last;
    last.place = place;
    this.move(last);
  }

  private move(entry: Entry<K>): void {
    this.sink(entry);
    this.rise(entry);
  }

  private rise(entry: Entry<K>): void {
    while (entry.place > 0) {
      const parent = this.entries[(entry.place - 1) >> 1] as Entry<K>;
      if (!isBefore(entry, parent)) return;
      this.swap(entry, parent);
    }
  }

  private sink(entry: Entry<K>): void {
    for (;;) {
      const left = this.entries[2 * entry.place + 1];
      const right = this.entries[2 * entry.place + 2];
      const child = right !== undefined && left !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, entry)) return;
      this.swap(child, entry);
    }
  }

  private swap(a: Entry<K>, b: Entry<K>): void {
    const place = a.place;
    this.entries[(a.place = b.place)] = a;
    this.entries[(b.place = place)] = b;
  }
}

/** Whether the time of an outcome comes before that of a source. */
export function isTimerNext({ wakeAt, wakeOrder, timerAt, timerOrder }: Entry<unknown>): boolean {
  return timerAt < wakeAt || (timerAt === wakeAt && timerOrder < wakeOrder);
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.dueOrder < b.dueOrder);
}
