import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompactionLimits } from '#src/store/contents/persistent-map.ts';
import { PersistentMap } from '#src/store/contents/persistent-map.ts';

type Write = { readonly key: string; readonly value: number | undefined; readonly onto: number };

const key = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((index) => `key-${index}`),
  fc.constantFrom('__proto__', 'constructor', '', 'toString'),
);
const write: fc.Arbitrary<Write> = fc.record({
  key,
  value: fc.option(fc.nat(), { nil: undefined }),
  // How many versions back the write goes: mostly it is onto the newest, now and then onto another, which is a fork.
  onto: fc.oneof({ weight: 100, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(40) }),
});
// Histories fill up, are emptied, and fill up again, so that slots die.
const phase = fc
  .tuple(fc.array(write, { minLength: 40, maxLength: 80, size: 'max' }), fc.boolean())
  .map(([writes, isEmptying]) => writes.map((each) => (isEmptying ? { ...each, value: undefined } : each)));
const history = fc.array(phase, { minLength: 4, maxLength: 8, size: 'max' }).map((phases) => phases.flat());
const limits: fc.Arbitrary<CompactionLimits> = fc.record({
  slack: fc.integer({ min: 0, max: 4 }),
  atOnce: fc.constantFrom(0, 0, 16, 1000),
  step: fc.integer({ min: 2, max: 16 }),
});

function sorted<V>(entries: Iterable<readonly [string, V]>): (readonly [string, V])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('PersistentMap', () => {
  it('is a Map at every version of every history, for ever', () => {
    let [forks, compactions, stepped] = [0, 0, 0];
    fc.assert(
      fc.property(history, limits, (writes, limited) => {
        const versions = [{ map: PersistentMap.empty<number>(limited), model: new Map<string, number>() }];
        for (const { key: at, value, onto } of writes) {
          const base = versions[Math.max(0, versions.length - 1 - onto)]!;
          const model = new Map(base.model);
          const map = value === undefined ? base.map.delete(at) : base.map.set(at, value);
          if (value === undefined) model.delete(at);
          else model.set(at, value);
          expect(map.get(at)).toBe(value);
          expect(map.size).toBe(model.size);
          if (map.table !== base.map.table && base.map.size > 0 && map.size > 0) {
            if (value !== undefined && !base.map.has(at)) forks++;
            else if (limited.atOnce === 0) stepped++;
            else compactions++;
          }
          versions.push({ map, model });
        }
        for (const { map, model } of versions) {
          expect(sorted(map)).toEqual(sorted(model));
          expect(map.values()).toEqual(map.keys().map((each) => model.get(each)));
        }
        for (let index = 1; index < versions.length; index += 7) {
          const [older, newer] = [versions[index >> 1]!, versions[index]!];
          const patched = new Map(older.model);
          newer.map.forEachDifference(older.map, (at, before, after) => {
            expect(before).not.toBe(after);
            expect(patched.get(at)).toBe(before);
            if (after === undefined) patched.delete(at);
            else patched.set(at, after);
          });
          expect(sorted(patched)).toEqual(sorted(newer.model));
        }
      }),
      { numRuns: 80, interruptAfterTimeLimit: 20_000 },
    );
    expect(forks).toBeGreaterThan(10);
    expect(compactions).toBeGreaterThan(10);
    expect(stepped).toBeGreaterThan(10);
  });
});
