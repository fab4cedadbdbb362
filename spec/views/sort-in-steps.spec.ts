import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '#src/streams/in-slices.ts';
import { mergedInSteps, sortedInSteps } from '#src/views/sort-in-steps.ts';
import { SortedList } from '#src/views/sorted-list.ts';

const compare = (a: number, b: number): number => a - b;
const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 20_000 }), { maxLength: 5000, size: 'max' });

describe('sortedInSteps', () => {
  it('sorts as an array does, and leaves its argument as it is', () => {
    fc.assert(
      fc.property(numbers, (items) => {
        const copy = [...items];
        expect(finished(sortedInSteps(items, compare))).toEqual(items.toSorted(compare));
        expect(items).toEqual(copy);
      }),
      { numRuns: 20 },
    );
  });

  it('takes a step for each run of 8,192 items, and for each thousand that are merged', () => {
    const items = Array.from({ length: 16_384 }, (_, index) => (index * 7919) % 16_384);
    expect([...sortedInSteps(items, compare)].length).toBe(2 + 16);
  });

  it('compares no more than 3 times for each item that is in order already', () => {
    let count = 0;
    const items = Array.from({ length: 50_000 }, (_, index) => index);
    finished(sortedInSteps(items, (a, b) => (count++, a - b)));
    expect(count).toBeLessThan(150_000);
  });
});

describe('mergedInSteps', () => {
  it('removes and adds as a filter and a sort do', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 5 }), (held, arriving, part) => {
        const isRemoved = (item: number): boolean => item % part === 0;
        const list = SortedList.of(compare, held.toSorted(compare));
        const kept = held.filter((item) => !isRemoved(item));
        const added = arriving.filter((item) => !kept.includes(item)).sort(compare);
        const merged = finished(mergedInSteps(list, isRemoved, added, compare));
        expect([...merged]).toEqual([...kept, ...added].sort(compare));
        expect(merged.length).toBe(kept.length + added.length);
      }),
      { numRuns: 10 },
    );
  });

  it('keeps the chunks in which nothing changes', () => {
    const list = SortedList.of(
      compare,
      Array.from({ length: 2560 }, (_, index) => index),
    );
    const merged = finished(mergedInSteps(list, (item) => item === 5, [2000.5], compare));
    expect(merged.chunks.filter((chunk) => list.chunks.includes(chunk))).toHaveLength(8);
  });

  it('leaves no chunk of a few items where most are removed', () => {
    const list = SortedList.of(
      compare,
      Array.from({ length: 51_200 }, (_, index) => index),
    );
    const merged = finished(mergedInSteps(list, (item) => item % 256 > 0, [], compare));
    expect([merged.length, merged.chunks.length]).toEqual([200, 2]);
  });
});
