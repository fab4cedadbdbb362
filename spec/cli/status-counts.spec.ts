import { describe, expect, it } from 'vitest';
import { StatusCounts } from '../../cli/status-counts.ts';
import { change, commitsOf, pod, replaced } from './commits.ts';

const shown = (counts: StatusCounts): string[] => counts.entries().map(({ status, count }) => `${count} ${status}`);

describe('StatusCounts', () => {
  it('counts what the store holds, through changes and relists', () => {
    const counts = new StatusCounts();
    const commits = commitsOf([
      replaced([pod('a', '1', 'Running'), pod('b', '1', 'Pending'), pod('c', '1', 'Pending'), pod('d', '1')]),
      change('Updated', pod('b', '2', 'Running')),
      // Its last state, which comes with the deletion, is not the one that was counted.
      change('Deleted', pod('c', '3', 'Failed')),
      change('Added', pod('e', '4', 'Succeeded')),
    ]);
    for (const commit of commits) counts.apply(commit);
    expect(shown(counts)).toEqual(['2 Running', '1 Succeeded']);
  });

  it('puts what fails first, and forgets what is over', () => {
    const counts = new StatusCounts();
    const commits = commitsOf([
      replaced([pod('a', '1', 'Running'), pod('b', '1', 'Running'), pod('c', '1', 'Evicted'), pod('d', '1', 'Failed')]),
      change('Updated', pod('d', '2', 'Evicted')),
    ]);
    for (const commit of commits) counts.apply(commit);
    expect(counts.entries()).toEqual([
      { status: 'Evicted', health: 'failing', count: 2 },
      { status: 'Running', health: 'well', count: 2 },
    ]);
  });

  it('follows a relist, and orders equal counts by name', () => {
    const counts = new StatusCounts();
    const commits = commitsOf([
      replaced([pod('a', '1', 'Running'), pod('b', '1', 'Running')]),
      replaced([pod('b', '2', 'Pending'), pod('c', '2', 'Failed')], '2'),
    ]);
    for (const commit of commits) counts.apply(commit);
    expect(shown(counts)).toEqual(['1 Failed', '1 Pending']);
  });
});
