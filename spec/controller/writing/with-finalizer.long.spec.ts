import { describe, expect, it } from 'vitest';
import { finalizerRounds } from './finalizer-rounds.ts';

describe('withFinalizer, at length', () => {
  it('keeps two controllers apart through 10,000 lives of an object: none lost, none left', () => {
    const { cleanups, deletions, left, removedUncleaned } = finalizerRounds(10_000, 2);
    expect(deletions).toBe(10_000);
    expect(left).toEqual([]);
    expect(removedUncleaned).toEqual([]);
    for (const count of cleanups) expect(count).toBeGreaterThanOrEqual(10_000);
  }, 300_000);
});
