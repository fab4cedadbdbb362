import fc from 'fast-check';
import { describe, it } from 'vitest';
import { checkHistory, history } from './histories.ts';

/** `HISTORIES=1000` for fewer. */
const numRuns = Number(process.env['HISTORIES'] ?? 10_000);

describe('view', () => {
  it(
    `has the rows of a fresh filter and sort after each step of ${numRuns} random histories`,
    { timeout: 3_600_000 },
    async () => {
      const property = fc.asyncProperty(history, async (each) => {
        checkHistory(each);
        // What weak references have shown is held until the turn ends.
        await new Promise((resolve) => setImmediate(resolve));
      });
      await fc.assert(property, { numRuns, endOnFailure: true });
    },
  );
});
