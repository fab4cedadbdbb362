import { describe, expect, it } from 'vitest';
import { RecentMap } from '#src/sharing/recent-map.ts';

describe('RecentMap', () => {
  it('drops the oldest entries while all together weigh more than its limit', () => {
    const map = new RecentMap<number>(10);
    map.set('a', 1, 4);
    map.set('b', 2, 4);
    map.set('c', 3, 6);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([undefined, 2, 3]);
  });

  it('takes an entry that is set again for the newest, with its new weight', () => {
    const map = new RecentMap<number>(10);
    map.set('a', 1, 8);
    map.set('b', 2, 2);
    map.set('a', 3, 4);
    map.set('c', 4, 6);
    expect([map.has('a'), map.has('b'), map.has('c')]).toEqual([true, false, true]);
  });

  it('holds no entry that weighs more than its limit', () => {
    const map = new RecentMap<number>(10);
    map.set('a', 1, 11);
    expect(map.has('a')).toBe(false);
    map.set('b', 2, 10);
    expect(map.get('b')).toBe(2);
  });
});
