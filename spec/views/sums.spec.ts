import { describe, expect, it } from 'vitest';
import { GroupSums } from '#src/views/sums.ts';

describe('GroupSums', () => {
  it('adds and subtracts, and has no group without an object', () => {
    const one = GroupSums.empty().with('a', 5, 1).with('a', 7, 1).with('b', 0, 1);
    const two = one.with('a', 5, -1).with('b', 0, -1);
    expect([[...one], one.count('a'), one.size]).toEqual([
      [
        ['a', 12],
        ['b', 0],
      ],
      2,
      2,
    ]);
    expect([[...two], two.get('b'), two.count('b'), two.size]).toEqual([[['a', 7]], 0, 0, 1]);
  });

  it('is itself where it is synced already', () => {
    const sums = GroupSums.empty();
    expect([sums.as(false), sums.as(true).synced]).toEqual([sums, true]);
  });
});
