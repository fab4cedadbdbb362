import fc from 'fast-check';
import { describe, it } from 'vitest';
import { checkHistory, history } from './histories.ts';

/** `HISTORIES=1000` for fewer. */
const numRuns = Number(process.env['HISTORIES'] ?? 10_000);

describe('view', () => {
  it(
    `has the rows of a fresh filter and sort after each step of ${numRuns} random histories`,
    { timeout: 3_600_000 },
    () => {
      fc.assert(fc.property(history, checkHistory), { numRuns, endOnFailure: true });
    },
  );
});
