import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedList } from '#src/views/sorted-list.ts';

const compare = (a: number, b: number): number => a - b;
const to = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('SortedList', () => {
  it('is the sorted array after any additions and removals, and older lists stay what they were', () => {
    const change = fc.record({
      isAdded: fc.boolean(),
      from: fc.integer({ min: 0, max: 2000 }),
      count: fc.integer({ min: 1, max: 700 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        let list = SortedList.empty(compare);
        const held = new Set<number>();
        for (const { isAdded, from, count } of changes) {
          const older = list;
          const before = [...list];
          for (let value = from; value < from + count; value++) {
            if (isAdded === held.has(value)) continue;
            list = isAdded ? list.with(value) : list.without(value);
            if (isAdded) held.add(value);
            else held.delete(value);
          }
          expect([...list]).toEqual([...held].sort(compare));
          expect(list.length).toBe(held.size);
          expect([...older]).toEqual(before);
          expect(list.chunks.every(({ length }) => length > 0 && length < 512)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('finds items by their index, and the index of an item', () => {
    const list = SortedList.of(compare, to(1500));
    expect([list.at(0), list.at(700), list.at(1499), list.at(1500), list.at(-1), list.at(Number.NaN)]).toEqual([
      0,
      700,
      1499,
      undefined,
      undefined,
      undefined,
    ]);
    expect([list.indexOf(0), list.indexOf(1499), list.indexOf(1.5)]).toEqual([0, 1499, -1]);
  });

  it('returns slices across chunks, cut to what there is', () => {
    const list = SortedList.of(compare, to(600));
    expect(list.slice(250, 260)).toEqual(to(600).slice(250, 260));
    expect(list.slice(-5, 2)).toEqual([0, 1]);
    expect(list.slice(598, 10_000)).toEqual([598, 599]);
    expect([list.slice(600, 700), list.slice(5, 5), SortedList.empty(compare).slice(0, 5)]).toEqual([[], [], []]);
  });

  it('is itself without an item that it does not hold', () => {
    const list = SortedList.of(compare, [1, 2]);
    expect(list.without(3)).toBe(list);
  });

  it('puts an item in the place of another one, wherever it belongs', () => {
    const list = SortedList.of(compare, to(600));
    for (const [before, after] of [
      [300, 300.5],
      [300, 310.5],
      [310, 300.5],
      [10, 590.5],
      [599, -1],
      [0, 1000],
    ] as const) {
      const expected = [...to(600).filter((value) => value !== before), after].sort(compare);
      expect([...list.replacedAt(list.find(before), after)]).toEqual(expected);
    }
    expect([...list]).toEqual(to(600));
  });

  it('knows whether it has just these items', () => {
    const list = SortedList.of(compare, to(600));
    expect([list.isOf(to(600)), list.isOf(to(599)), list.isOf(to(600).with(599, 7))]).toEqual([true, false, false]);
  });

  it('shares all chunks but one with the list before a change', () => {
    const list = SortedList.of(compare, to(2560));
    const next = list.with(700.5);
    expect(next.chunks.filter((chunk) => !list.chunks.includes(chunk))).toHaveLength(1);
  });
});
