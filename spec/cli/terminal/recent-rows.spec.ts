import { describe, expect, it } from 'vitest';
import { RecentRows } from '../../../cli/terminal/recent-rows.ts';
import { change, commitsOf, pod, replaced } from '../commits.ts';

const many = (count: number, version = '1'): ReturnType<typeof pod>[] =>
  Array.from({ length: count }, (_, index) => pod(`n/${String(index).padStart(6, '0')}`, version));

describe('RecentRows', () => {
  it('shows a first state by key, unmarked', () => {
    const rows = new RecentRows();
    for (const commit of commitsOf([replaced([pod('n/c', '1'), pod('n/a', '1'), pod('n/b', '1')])]))
      rows.apply(commit, 0);
    expect(rows.rows(2, 0).map(({ name, change }) => [name, change])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
  });

  it('shows what changed last first, for two seconds with a mark', () => {
    const rows = new RecentRows();
    const commits = commitsOf([
      replaced([pod('n/a', '1'), pod('n/b', '1'), pod('n/c', '1')]),
      change('Updated', pod('n/c', '2')),
      change('Added', pod('n/d', '3')),
      change('Deleted', pod('n/b', '4')),
    ]);
    for (const commit of commits) rows.apply(commit, 1000);
    const shown = (now: number): unknown => rows.rows(9, now).map(({ name, change }) => [name, change]);
    expect(shown(2999)).toEqual([
      ['b', 'deleted'],
      ['d', 'added'],
      ['c', 'updated'],
      ['a', undefined],
    ]);
    expect(shown(3000)).toEqual([
      ['d', undefined],
      ['c', undefined],
      ['a', undefined],
    ]);
  });

  it('shows no object twice, and none that is gone', () => {
    const rows = new RecentRows();
    const commits = commitsOf([
      replaced(many(2000)),
      ...many(700, '2').map((object) => change('Updated', object)),
      ...many(1990, '3').map((object) => change('Deleted', object)),
    ]);
    for (const commit of commits) rows.apply(commit, 0);
    const names = rows.rows(50, 9000).map(({ name }) => name);
    expect(names).toEqual(
      many(2000)
        .slice(1990)
        .map(({ metadata }) => metadata.name),
    );
  });

  it('fills the screen where changes push others out', () => {
    const rows = new RecentRows();
    const commits = commitsOf([replaced([]), ...many(1200).map((object) => change('Added', object))]);
    for (const commit of commits) rows.apply(commit, 0);
    const names = rows.rows(900, 9000).map(({ name }) => name);
    expect(names).toHaveLength(900);
    expect(new Set(names).size).toBe(900);
    expect(names[0]).toBe('001199');
    expect(names[500]).toBe('000000');
  });

  it('has no rows before the first state, and none where there is no room', () => {
    const rows = new RecentRows();
    expect(rows.rows(5, 0)).toEqual([]);
    for (const commit of commitsOf([replaced(many(3))])) rows.apply(commit, 0);
    expect(rows.rows(0, 0)).toEqual([]);
  });
});
