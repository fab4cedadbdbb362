import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReferredKeys } from '#src/controller/sources/referred-keys.ts';

describe('ReferredKeys', () => {
  it('agrees with a plain map, whatever is set in turn', () => {
    const names = fc.uniqueArray(fc.constantFrom('s1', 's2', 's3', 's4'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), names)), (steps) => {
        const keys = new ReferredKeys();
        const model = new Map<string, readonly string[]>();
        for (const [owner, referred] of steps) {
          const before = new Set([...model.values()].flat());
          const { added, dropped } = keys.set(owner, referred);
          model.set(owner, referred);
          const now = new Set([...model.values()].flat());
          expect([...added].sort()).toEqual([...now].filter((each) => !before.has(each)).sort());
          expect([...dropped].sort()).toEqual([...before].filter((each) => !now.has(each)).sort());
          expect(new Set(keys.keys())).toEqual(now);
          expect(keys.size).toBe(now.size);
          for (const each of ['s1', 's2', 's3', 's4']) {
            const owners = [...model].filter(([, all]) => all.includes(each)).map(([key]) => key);
            expect([...keys.ownersOf(each)].sort()).toEqual(owners.sort());
          }
        }
      }),
    );
  });
});
