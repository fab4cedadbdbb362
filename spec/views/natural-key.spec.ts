import { describe, expect, it } from 'vitest';
import { naturalKey } from '#src/views/natural-key.ts';

const sorted = (texts: readonly string[]): string[] =>
  texts.toSorted((a, b) => (naturalKey(a) < naturalKey(b) ? -1 : naturalKey(a) > naturalKey(b) ? 1 : 0));

describe('naturalKey', () => {
  it('orders numbers in texts by their value', () => {
    const texts = ['web-9', 'web-10', 'web-010b', 'web-99-2', 'web-99-10', 'web-100'];
    expect(sorted(texts.toReversed())).toEqual(texts);
  });

  it('is equal for numbers that differ by leading zeros', () => {
    expect(naturalKey('v007')).toBe(naturalKey('v7'));
  });

  it('returns a text without digits as it is', () => {
    expect(naturalKey('default')).toBe('default');
  });

  it('takes numbers up to the greatest safe integer', () => {
    expect(sorted(['9007199254740991', '9007199254740990', '12'])).toEqual([
      '12',
      '9007199254740990',
      '9007199254740991',
    ]);
  });
});
