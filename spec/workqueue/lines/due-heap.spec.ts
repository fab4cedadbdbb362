import { describe, expect, it } from 'vitest';
import { DueHeap } from '#src/workqueue/lines/due-heap.ts';
import { Entry } from '#src/workqueue/lines/entry.ts';

describe('DueHeap', () => {
  it('gives the earliest first, and in the order of setting where times are equal', () => {
    const heap = new DueHeap<number>();
    const entries = Array.from({ length: 500 }, (_, index) => {
      const time = { wakeAt: (index * 7919) % 100, wakeOrder: index };
      return Object.assign(new Entry(index), time);
    });
    for (const entry of entries) heap.settle(entry);
    // Every third changes its mind, every fifth has no time any more.
    for (const entry of entries) {
      if (entry.key % 3 === 0) entry.wakeAt = 100 - entry.wakeAt;
      if (entry.key % 5 === 0) entry.wakeAt = Infinity;
      heap.settle(entry);
    }
    const left = entries.filter(({ key }) => key % 5 !== 0);
    expect(heap.size).toBe(left.length);
    const given: number[] = [];
    for (let entry = heap.peek(); entry !== undefined; entry = heap.peek()) {
      given.push(entry.key);
      entry.wakeAt = Infinity;
      heap.settle(entry);
    }
    const at = ({ key }: Entry<number>): number => (key % 3 === 0 ? 100 - ((key * 7919) % 100) : (key * 7919) % 100);
    expect(given).toEqual(left.sort((a, b) => at(a) - at(b) || a.key - b.key).map(({ key }) => key));
    expect(heap.size).toBe(0);
  });

  it('takes the earlier of two times of a key', () => {
    const heap = new DueHeap<string>();
    const entry = Object.assign(new Entry('a'), { wakeAt: 10, timerAt: 5 });
    heap.settle(entry);
    expect(heap.peek()?.dueAt).toBe(5);
    entry.timerAt = Infinity;
    heap.settle(entry);
    expect(heap.peek()?.dueAt).toBe(10);
  });
});
