import { describe, expect, it } from 'vitest';
import { RequeueCounts } from '#src/workqueue/rate-limiting/requeue-counts.ts';

describe('RequeueCounts', () => {
  it('counts each item by itself, from 0 again when it is forgotten', () => {
    const counts = new RequeueCounts<string>();
    expect([counts.count('a'), counts.count('a'), counts.count('b')]).toEqual([0, 1, 0]);
    counts.forget('a');
    expect([counts.of('a'), counts.of('b')]).toEqual([0, 1]);
  });
});
