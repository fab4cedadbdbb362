import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallest } from '../../../cli/terminal/smallest.ts';

describe('smallest', () => {
  it('is the first of all in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 60 }), fc.nat(20), (texts, count) => {
        expect(smallest(texts, count)).toEqual(texts.toSorted().slice(0, count));
      }),
    );
  });
});
