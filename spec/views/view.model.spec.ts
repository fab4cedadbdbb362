import fc from 'fast-check';
import { describe, it } from 'vitest';
import { checkHistory, history } from './histories.ts';

describe('view', () => {
  it('has the rows of a fresh filter and sort after each step of 100 random histories', () => {
    fc.assert(fc.property(history, checkHistory), { numRuns: 100 });
  });
});
