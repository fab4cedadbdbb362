import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '#src/streams/in-slices.ts';
import { sortedByTexts, type TextOf } from '#src/views/sort-by-texts.ts';

interface Named {
  readonly group: string;
  readonly name: string;
  readonly index: number;
}

const byGroup: TextOf<Named> = { of: ({ group }) => group, desc: false };
const byName: TextOf<Named> = { of: ({ name }) => name, desc: false };
const named = (names: readonly string[]): Named[] => names.map((name, index) => ({ group: '', name, index }));

const compareBy =
  (texts: readonly TextOf<Named>[]) =>
  (a: Named, b: Named): number => {
    for (const { of, desc } of texts) {
      const [left, right] = [of(a), of(b)];
      if (left !== right) return left < right === desc ? 1 : -1;
    }
    return a.index - b.index;
  };

/** Short texts of few letters have long common beginnings; some letters do not fit into a byte, or look like an end. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '-', '0'), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', 'ÿ', 'Ā', '\u0000', '\ud800', '界'), maxLength: 6 }),
);
const items = fc
  .array(fc.record({ group: text, name: text }), { maxLength: 400, size: 'max' })
  .map((all): Named[] => all.map((each, index) => ({ ...each, index })));

describe('sortedByTexts', () => {
  it('sorts as comparing does, by several texts in any direction, and leaves its argument as it is', () => {
    fc.assert(
      fc.property(items, fc.boolean(), fc.boolean(), (given, groupDesc, nameDesc) => {
        const texts = [
          { ...byGroup, desc: groupDesc },
          { ...byName, desc: nameDesc },
        ];
        const copy = [...given];
        const compare = compareBy(texts);
        expect(finished(sortedByTexts(given, texts, compare))).toEqual(given.toSorted(compare));
        expect(given).toEqual(copy);
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, (index: number) => string]>([
    ['names of one length', (index) => `web-${(index * 7919) % 20_000}-abc`.padStart(20, '0')],
    ['equal names', () => 'the-same'],
    ['names of which each begins with the one before', (index) => 'x'.repeat(index % 500)],
    ['names in order', (index) => String(index).padStart(8, '0')],
    ['names of which one has a wide letter', (index) => (index === 7000 ? 'web-界' : `web-${index}`)],
  ])('sorts many: %s', (_, nameOf) => {
    const given = named(Array.from({ length: 20_000 }, (_, index) => nameOf(index)));
    const compare = compareBy([byName]);
    const sorted = finished(sortedByTexts(given, [byName], compare));
    expect(sorted.map(({ index }) => index)).toEqual(given.toSorted(compare).map(({ index }) => index));
  });

  it('compares hardly any of 20,000 names of their own', () => {
    let count = 0;
    const compare = compareBy([byName]);
    const given = named(Array.from({ length: 20_000 }, (_, index) => `web-${(index * 7919) % 20_000}-abc`));
    finished(sortedByTexts(given, [byName], (a, b) => (count++, compare(a, b))));
    expect(count).toBeLessThan(40_000);
  });

  it('takes a step for each few thousand items, also where all are equal', () => {
    const given = named(Array.from({ length: 100_000 }, () => 'the-same'));
    const steps = [...sortedByTexts(given, [byName], compareBy([byName]))];
    expect(steps.length).toBeGreaterThan(100);
  });
});
