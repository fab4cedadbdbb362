import { describe, expect, it } from 'vitest';
import { DueHeap } from '#src/workqueue/lines/due-heap.ts';
import { EntryTimes } from '#src/workqueue/lines/entry-times.ts';
import { Entry } from '#src/workqueue/lines/entry.ts';

describe('DueHeap', () => {
  it('gives the earliest first, and in the order of setting where times are equal', () => {
    const heap = new DueHeap<number>();
    const entries = Array.from({ length: 500 }, (_, index) => {
      const time = { wakeAt: (index * 7919) % 100, wakeOrder: index };
      return Object.assign(new EntryTimes(new Entry(index)), time);
    });
    for (const entry of entries) heap.settle(entry);
    // Every third changes its mind, every fifth has no time any more.
    for (const times of entries) {
      if (times.entry.key % 3 === 0) times.wakeAt = 100 - times.wakeAt;
      if (times.entry.key % 5 === 0) times.wakeAt = Infinity;
      heap.settle(times);
    }
    const left = entries.map(({ entry }) => entry).filter(({ key }) => key % 5 !== 0);
    expect(heap.size).toBe(left.length);
    const given: number[] = [];
    for (let times = heap.peek(); times !== undefined; times = heap.peek()) {
      given.push(times.entry.key);
      times.wakeAt = Infinity;
      heap.settle(times);
    }
    const at = ({ key }: Entry<number>): number => (key % 3 === 0 ? 100 - ((key * 7919) % 100) : (key * 7919) % 100);
    expect(given).toEqual(left.sort((a, b) => at(a) - at(b) || a.key - b.key).map(({ key }) => key));
    expect(heap.size).toBe(0);
  });

  it('takes the earlier of two times of a key', () => {
    const heap = new DueHeap<string>();
    const times = Object.assign(new EntryTimes(new Entry('a')), { wakeAt: 10, timerAt: 5 });
    heap.settle(times);
    expect(heap.peek()?.dueAt).toBe(5);
    times.timerAt = Infinity;
    heap.settle(times);
    expect(heap.peek()?.dueAt).toBe(10);
  });
});
