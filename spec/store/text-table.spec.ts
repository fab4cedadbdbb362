import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { freezer, interner } from '#src/store/interner.ts';
import { deepFreeze } from '#src/store/deep-freeze.ts';
import { exchangeText, textTable } from '#src/store/text-table.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const time = '2026-11-26T19:00:00Z';

describe('textTable', () => {
  it('should know a text that came before', () => {
    const knownText = textTable();
    expect(knownText(time)).toBeUndefined();
    expect(knownText(time)).toBe(time);
    expect(textTable()(time)).toBeUndefined();
  });

  it('should never give another text', () => {
    const letter = fc.constantFrom('a', 'b', '\u0000', 'é', '\ud83d');
    const text = fc.array(letter, { maxLength: 3 }).map((letters) => `a-long-text${letters.join('')}`);
    let known = 0;
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
        const knownText = textTable();
        for (const each of texts) {
          const given = knownText(each);
          if (given === undefined) continue;
          expect(given).toBe(each);
          known += 1;
        }
      }),
    );
    expect(known).toBeGreaterThan(0);
  });

  it.each([
    ['short, which V8 keeps once by itself', 'a'.repeat(10)],
    ['long', 'a'.repeat(129)],
  ])('should not keep what is %s', (_, text) => {
    const knownText = textTable();
    knownText(text);
    expect(knownText(text)).toBeUndefined();
  });
});

describe('exchangeText', () => {
  it('should leave a member that cannot be written to as it is', () => {
    const knownText = textTable();
    knownText(time);
    const object = Object.defineProperties<Record<string, unknown>>(
      {},
      {
        readOnly: { value: time, enumerable: true },
        computed: { get: () => time, enumerable: true },
      },
    );
    for (const key of Object.keys(object)) exchangeText(object, key, time, knownText);
    expect(deepFreeze(object, knownText)).toEqual({ readOnly: time, computed: time });
    expect(Object.isFrozen(object)).toBe(true);
  });

  it('should write to a member of that name, not to the prototype', () => {
    const knownText = textTable();
    knownText(time);
    const object = JSON.parse(`{"__proto__":"${time}"}`) as Record<string, unknown>;
    exchangeText(object, '__proto__', time, knownText);
    expect(JSON.stringify(object)).toBe(`{"__proto__":"${time}"}`);
  });
});

describe('interner', () => {
  it.each([
    ['of one owner', [{ uid: 'owner', controller: true }]],
    ['without an owner', []],
  ])(
    'should hold texts that are repeated once, also of objects %s that have no part in common',
    (_, ownerReferences) => {
      // So many that what the engine comes to keep meanwhile, some hundred KiB, is little for each.
      const count = 10_000;
      // Each has its own place in the list, so that no array and no object around a text is equal to another.
      const parsed = (index: number): object =>
        JSON.parse(
          JSON.stringify({
            metadata: { name: `object-${index}`, ownerReferences },
            conditions: [0, 1, 2, 3].map((place) => ({ index, place, text: `${'text '.repeat(20)}${place}` })),
          }),
        ) as object;
      const bytes = (intern: (previous: undefined, object: object) => object): number => {
        collectGarbage();
        const before = process.memoryUsage().heapUsed;
        const kept = Array.from({ length: count }, (_unused, index) => intern(undefined, parsed(index)));
        collectGarbage();
        const used = (process.memoryUsage().heapUsed - before) / count;
        expect(kept).toHaveLength(count);
        return used;
      };
      // Four texts of a hundred characters each.
      expect(bytes(freezer()) - bytes(interner())).toBeGreaterThan(300);
    },
  );
});
