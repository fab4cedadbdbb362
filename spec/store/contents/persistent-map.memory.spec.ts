import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { PersistentMap } from '#src/store/contents/persistent-map.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const small = { slack: 2, atOnce: 8, step: 2 };

async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  // A reference is held strongly until the turn that looked at it ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  return reference.deref() === undefined;
}

function numbered(count: number): PersistentMap<object> {
  return PersistentMap.from(
    Array.from({ length: count }, (_, index) => [`key-${index}`, {}] as const),
    small,
  );
}

describe('the memory of a PersistentMap', () => {
  it('is free once all versions of a generation are dropped', async () => {
    const filled = (): WeakRef<object> => new WeakRef(numbered(1000).set('another', {}).table);
    expect(await isCollected(filled())).toBe(true);
  });

  it('holds no value that only a later version has', async () => {
    const older = numbered(100);
    const added = (): WeakRef<object> => {
      const value = {};
      const newer = older.set('another', value).set('key-7', value);
      expect(newer.get('another')).toBe(value);
      return new WeakRef(value);
    };
    expect(await isCollected(added())).toBe(true);
    expect(older.size).toBe(100);
  });

  it('does not hold, in an old version, the generations that follow its own', async () => {
    const oldest = numbered(100);
    const compacted = (): WeakRef<object> => {
      let map = oldest;
      for (let index = 0; index < 60; index++) map = map.delete(`key-${index}`);
      for (let round = 0; round < 100 && map.table === oldest.table; round++) map = map.set('key-99', { round });
      expect(map.table).not.toBe(oldest.table);
      return new WeakRef(map.table);
    };
    expect(await isCollected(compacted())).toBe(true);
    expect(oldest.size).toBe(100);
  });

  it('is nothing in an empty map, whatever it was before', async () => {
    const emptied = (): { map: PersistentMap<object>; table: WeakRef<object> } => {
      const full = numbered(10);
      const map = full.keys().reduce((rest, key) => rest.delete(key), full);
      return { map, table: new WeakRef(full.table) };
    };
    const { map, table } = emptied();
    expect(map.size).toBe(0);
    expect(await isCollected(table)).toBe(true);
    const grown = map.set('a', {});
    expect(grown.table).not.toBe(map.table);
    expect(map.size).toBe(0);
  });
});
