import type { EntryTimes } from './entry-times.ts';

/**
 * The keys that have a time, the earliest first: a binary heap that knows the place of each key, so that a time can change.
 * Keys of the same time come in the order in which they got it.
 */
export class DueHeap<K> {
  private readonly heap: EntryTimes<K>[] = [];

  get size(): number {
    return this.heap.length;
  }

  /** Returns the key with the earliest time, which stays. */
  peek(): EntryTimes<K> | undefined {
    return this.heap[0];
  }

  /** Gives a key the earlier of its two times. One that has none leaves. */
  settle(times: EntryTimes<K>): void {
    const isTimer = times.isTimerNext;
    const dueAt = isTimer ? times.timerAt : times.wakeAt;
    const dueOrder = isTimer ? times.timerOrder : times.wakeOrder;
    if (dueAt === times.dueAt && dueOrder === times.dueOrder) return;
    times.dueAt = dueAt;
    times.dueOrder = dueOrder;
    if (dueAt === Infinity) {
      if (times.place >= 0) this.remove(times);
      return;
    }
    if (times.place < 0) {
      times.place = this.heap.length;
      this.heap.push(times);
    }
    this.move(times);
  }

  private remove(times: EntryTimes<K>): void {
    const { place } = times;
    const last = this.heap.pop();
    times.place = -1;
    if (last === undefined || last === times) return;
    this.heap[place] = last;
    last.place = place;
    this.move(last);
  }

  private move(times: EntryTimes<K>): void {
    this.sink(times);
    this.rise(times);
  }

  private rise(times: EntryTimes<K>): void {
    while (times.place > 0) {
      const parent = this.heap[(times.place - 1) >> 1] as EntryTimes<K>;
      if (!isBefore(times, parent)) return;
      this.swap(times, parent);
    }
  }

  private sink(times: EntryTimes<K>): void {
    for (;;) {
      const left = this.heap[2 * times.place + 1];
      const right = this.heap[2 * times.place + 2];
      const child = right !== undefined && left !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, times)) return;
      this.swap(child, times);
    }
  }

  private swap(a: EntryTimes<K>, b: EntryTimes<K>): void {
    const place = a.place;
    this.heap[(a.place = b.place)] = a;
    this.heap[(b.place = place)] = b;
  }
}

function isBefore(a: EntryTimes<unknown>, b: EntryTimes<unknown>): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.dueOrder < b.dueOrder);
}
