import { describe, expect, it } from 'vitest';
import { generateName } from '#src/protocol/objects/generate-name.ts';
import { seededRandom } from '../../../scripts/soak/seeded-random.ts';

describe('generateName', () => {
  it('appends five characters that are not taken for words, by chance', () => {
    const random = seededRandom(1);
    const names = Array.from({ length: 1000 }, () => generateName('web-', random));
    expect(names.every((name) => /^web-[bcdfghjklmnpqrstvwxz2-9]{5}$/.test(name))).toBe(true);
    expect(new Set(names).size).toBeGreaterThan(990);
  });

  it('cuts a long base, so that the name is a label value', () => {
    expect(generateName('x'.repeat(100), () => 0)).toBe(`${'x'.repeat(58)}bbbbb`);
  });

  it('takes a chance of 1, which no generator should give', () => {
    expect(generateName('a-', () => 1)).toBe('a-99999');
  });
});
