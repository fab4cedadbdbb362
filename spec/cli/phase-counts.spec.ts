import { describe, expect, it } from 'vitest';
import { PhaseCounts } from '#src/cli/phase-counts.ts';
import { change, commitsOf, pod, replaced } from './commits.ts';

describe('PhaseCounts', () => {
  it('should count what the store holds, through changes and relists', () => {
    const counts = new PhaseCounts();
    const commits = commitsOf([
      replaced([pod('a', '1', 'Running'), pod('b', '1', 'Pending'), pod('c', '1', 'Pending'), pod('d', '1')]),
      change('Updated', pod('b', '2', 'Running')),
      // Its last state, which comes with the deletion, is not the one that was counted.
      change('Deleted', pod('c', '3', 'Failed')),
      change('Added', pod('e', '4', 'Succeeded')),
    ]);
    for (const commit of commits) counts.apply(commit);
    expect(counts.entries()).toEqual([
      ['Running', 2],
      ['Succeeded', 1],
    ]);
  });

  it('should follow a relist, and order equal counts by name', () => {
    const counts = new PhaseCounts();
    const commits = commitsOf([
      replaced([pod('a', '1', 'Running'), pod('b', '1', 'Running')]),
      replaced([pod('b', '2', 'Pending'), pod('c', '2', 'Failed')], '2'),
    ]);
    for (const commit of commits) counts.apply(commit);
    expect(counts.entries()).toEqual([
      ['Failed', 1],
      ['Pending', 1],
    ]);
  });
});
