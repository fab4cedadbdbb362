import { describe, expect, it } from 'vitest';
import { PersistentMap } from '#src/store/contents/persistent-map.ts';

const small = { slack: 2, atOnce: 8, step: 2 };

describe('PersistentMap', () => {
  it('leaves every older version as it was', () => {
    const one = PersistentMap.empty<number>().set('a', 1);
    const two = one.set('a', 2).set('b', 3);
    const three = two.delete('a');
    expect([...one]).toEqual([['a', 1]]);
    expect([...two]).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    expect([...three]).toEqual([['b', 3]]);
    expect(three.get('a')).toBeUndefined();
    expect(three.has('a')).toBe(false);
  });

  it('returns itself where nothing changes', () => {
    const map = PersistentMap.from([['a', 1]]);
    expect(map.set('a', 1)).toBe(map);
    expect(map.delete('b')).toBe(map);
  });

  it('takes any text as a key', () => {
    const keys = ['__proto__', 'constructor', '', 'toString', 'hasOwnProperty', '\u0000', '0'];
    const map = keys.reduce((filled, key) => filled.set(key, `value of ${key}`), PersistentMap.empty<string>());
    expect(map.get('valueOf')).toBeUndefined();
    expect(map.entries()).toEqual(keys.map((key) => [key, `value of ${key}`]));
    expect(keys.reduce((emptied, key) => emptied.delete(key), map).size).toBe(0);
  });

  it('tells an undefined value from none', () => {
    const map = PersistentMap.empty<number | undefined>().set('a', undefined).set('b', 1);
    expect(map.has('a')).toBe(true);
    expect(map.size).toBe(2);
    expect(map.values()).toEqual([undefined, 1]);
  });

  it('gives a deleted key its slot back, and so needs no new table', () => {
    const map = PersistentMap.from([
      ['a', 1],
      ['b', 2],
    ]);
    let churned = map;
    for (let round = 0; round < 1000; round++) churned = churned.delete('a').set('a', round);
    expect(churned.table).toBe(map.table);
    expect(churned.get('a')).toBe(999);
  });

  it('forks where two versions add different keys, and not where they only write', () => {
    const base = PersistentMap.from([
      ['a', 1],
      ['b', 1],
    ]);
    const left = base.set('c', 1);
    const right = base.set('d', 2);
    expect(left.table).toBe(base.table);
    expect(right.table).not.toBe(base.table);
    expect(base.set('a', 5).table).toBe(base.table);
    expect(base.size).toBe(2);
    expect(base.has('c')).toBe(false);
    expect(left.entries()).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ]);
    expect(right.get('d')).toBe(2);
    expect(right.has('c')).toBe(false);
  });

  it('does not let a later key show in an earlier version', () => {
    const base = PersistentMap.from([['a', 1]]);
    base.set('b', 2);
    expect(base.get('b')).toBeUndefined();
    expect(base.delete('b')).toBe(base);
  });

  it('grows through every depth of the tree', () => {
    const size = 33_000;
    let map = PersistentMap.empty<number>();
    for (let index = 0; index < size; index++) map = map.set(`key-${index}`, index);
    expect(map.size).toBe(size);
    expect(map.values()).toEqual(Array.from({ length: size }, (_, index) => index));
    const bulk = PersistentMap.from(map);
    expect(bulk.entries()).toEqual(map.entries());
    for (const index of [0, 31, 32, 1023, 1024, 32_767, 32_768, size - 1]) {
      expect(bulk.get(`key-${index}`)).toBe(index);
    }
  });

  it('compacts a small map at once', () => {
    let map = PersistentMap.from(
      Array.from({ length: 8 }, (_, index) => [`key-${index}`, index] as const),
      small,
    );
    const full = map;
    for (let index = 0; index < 5; index++) map = map.delete(`key-${index}`);
    expect(map.table).not.toBe(full.table);
    expect(map.keys()).toEqual(['key-5', 'key-6', 'key-7']);
    expect(full.size).toBe(8);
  });

  it('compacts a large map within later writes, which show in the result', () => {
    let map = PersistentMap.from(
      Array.from({ length: 100 }, (_, index) => [`key-${index}`, index] as const),
      small,
    );
    const full = map;
    for (let index = 0; index < 100; index += 2) map = map.delete(`key-${index}`);
    const before = map;
    let writes = 0;
    for (; map.table === full.table && writes < 100; writes++) map = map.set('key-1', -writes);
    expect(writes).toBeGreaterThan(1);
    expect(writes).toBeLessThan(100);
    expect(map.get('key-1')).toBe(1 - writes);
    expect(map.size).toBe(50);
    expect(before.get('key-1')).toBe(1);
    expect(full.size).toBe(100);
    expect(full.values()).toHaveLength(100);
  });

  it('is compacted rightly though two versions were written to during the move', () => {
    let map = PersistentMap.from(
      Array.from({ length: 100 }, (_, index) => [`key-${index}`, index] as const),
      small,
    );
    const full = map;
    for (let index = 0; index < 50; index++) map = map.delete(`key-${index}`);
    let [left, right] = [map, map];
    for (let round = 0; round < 200; round++) {
      left = left.set('key-70', round);
      if (round % 7 === 0) right = right.set('key-80', round).delete(`key-${60 + (round % 5)}`);
    }
    for (let round = 0; round < 100 && left.table === full.table; round++) left = left.set('key-99', -round);
    expect(left.table).not.toBe(full.table);
    expect([left.size, left.get('key-70'), left.get('key-80')]).toEqual([50, 199, 80]);
    for (let round = 0; round < 100 && right.table === full.table; round++) right = right.set('key-99', -round);
    expect(right.table).not.toBe(full.table);
    expect([right.size, right.get('key-70'), right.get('key-80')]).toEqual([45, 70, 196]);
    expect(right.keys()).not.toContain('key-64');
  });

  it('walks only what differs, also across generations', () => {
    const older = PersistentMap.from(Array.from({ length: 2000 }, (_, index) => [`key-${index}`, index] as const));
    const newer = older.set('key-7', -7).delete('key-1500').set('new', 1);
    const differences: unknown[] = [];
    const visit = (...difference: unknown[]) => differences.push(difference);
    newer.forEachDifference(older, visit);
    expect(differences).toEqual([
      ['key-7', 7, -7],
      ['key-1500', 1500, undefined],
      ['new', undefined, 1],
    ]);
    const within = differences.splice(0);
    PersistentMap.from(newer).forEachDifference(older, visit);
    expect(differences).toHaveLength(3);
    expect(differences).toEqual(expect.arrayContaining(within));
  });
});
