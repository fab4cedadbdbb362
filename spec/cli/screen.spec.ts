import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { screen, type ScreenState, tableRoom } from '#src/cli/screen.ts';
import { startingStatus, type Status } from '#src/cli/status.ts';
import { emptyTally } from '#src/cli/summary.ts';
import { width } from '#src/cli/styled-line.ts';

const now = Date.parse('2026-01-01T00:01:00Z');
const rows = Array.from({ length: 100 }, (_, index) => ({
  namespace: index === 1 ? 'a-namespace-with-a-name-as-long-as-the-server-takes-it-0123456789' : 'search',
  name: index === 2 ? '名'.repeat(60) : `api-7d9f8b6c5d-x2x${index}`,
  phase: 'Running',
  node: 'worker-01',
  created: '2026-01-01T00:00:00Z',
  change: index === 0 ? ('updated' as const) : index === 3 ? ('deleted' as const) : undefined,
}));

const watching: Status = { ...startingStatus, phase: 'watching' };
const state: ScreenState = {
  title: 'v1/pods · demo',
  now,
  startedAt: now - 12_000,
  status: watching,
  tally: { ...emptyTally, synced: 1000, added: 1, updated: 1234, relists: 1 },
  perSecond: 19.84,
  size: 1000,
  expected: undefined,
  phases: [
    ['Running', 990],
    ['Pending', 10],
  ],
  shape: { namespaced: true, phases: true, nodes: true },
  rows,
};

const lines = (shown: Partial<ScreenState>, columns: number, terminalRows: number): string[] =>
  stripVTControlCharacters(screen({ ...state, ...shown }, { columns, rows: terminalRows })).split('\n');

const error = new KubeError({
  reason: 'ConnectionRefused',
  resource: 'v1/pods',
  message: 'nothing listens at 127.0.0.1:6443, said a server in far more words than anyone has room for on a line',
});
const interruption = { error, phase: 'watching', attempt: 4, at: now - 1000, retryAt: now + 2400 } as const;

describe('screen', () => {
  it('should lay out figures and table', () => {
    expect(lines({}, 80, 14)).toEqual([
      'kuberx  v1/pods · demo                                           ● watching  12s',
      '1,000 objects  990 Running · 10 Pending                            19.8 events/s',
      '1 added · 1,234 updated · 0 deleted · 1 relist · 0 interruptions',
      '',
      '   NAMESPACE       NAME                       PHASE        NODE              AGE',
      '~  search          api-7d9f8b6c5d-x2x0        Running      worker-01         60s',
      '   a-namespace-w…  api-7d9f8b6c5d-x2x1        Running      worker-01         60s',
      '   search          名名名名名名名名名名名名…  Running      worker-01         60s',
      '-  search          api-7d9f8b6c5d-x2x3        deleted      worker-01         60s',
      '   search          api-7d9f8b6c5d-x2x4        Running      worker-01         60s',
      '   search          api-7d9f8b6c5d-x2x5        Running      worker-01         60s',
      '',
      '… and 995 more',
    ]);
  });

  it.each([
    [80, 24],
    [120, 40],
    [200, 60],
    [48, 10],
    [30, 9],
    [20, 5],
    [10, 2],
    [1, 1],
  ])('should fit %d columns and %d rows', (columns, terminalRows) => {
    for (const status of [watching, { ...watching, trouble: 'waiting' as const, interruption }]) {
      const shown = lines({ status }, columns, terminalRows);
      expect(shown.length).toBeLessThanOrEqual(Math.max(1, terminalRows - 1));
      expect(shown.filter((line) => width(line) > columns)).toEqual([]);
    }
  });

  it('should have room for rows in all but the smallest terminals', () => {
    expect([24, 9, 8, 3].map((terminalRows) => tableRoom({ columns: 80, rows: terminalRows }))).toEqual([16, 1, 0, 0]);
  });

  it('should count down to the next request, whatever the server said', () => {
    const waiting = lines({ status: { ...watching, trouble: 'waiting', interruption } }, 80, 24);
    expect(waiting[0]).toContain('● interrupted');
    expect(waiting[3]).toMatch(/^watching v1\/pods: nothing listens.*… · next try in 3 s \(attempt 4\)$/);
    const retrying = lines({ status: { ...watching, trouble: 'retrying', interruption } }, 80, 24);
    expect(retrying[3]).toMatch(/… · trying again \(attempt 4\)$/);
    const over = lines({ status: { ...watching, interruption } }, 160, 24);
    expect(over[0]).toContain('● watching');
    expect(over[3]).toMatch(/^last interruption 1s ago: watching v1\/pods: nothing listens/);
  });

  it('should show a bar for a list, by what the server says or by what is expected', () => {
    const listing: Status = { ...startingStatus, phase: 'listing', received: 500 };
    expect(lines({ status: { ...listing, remaining: 1500 } }, 80, 24)[3]).toBe(
      `${'█'.repeat(10)}${'░'.repeat(30)} 25% 500 of 2,000`,
    );
    expect(lines({ status: listing, expected: 1000 }, 80, 24)[3]).toContain(' 50% 500 of 1,000');
    expect(lines({ status: listing }, 80, 24)[3]).toContain(' 500 received');
  });

  it('should leave out columns that the resource has not', () => {
    const shape = { namespaced: false, phases: false, nodes: false };
    const [, , , , head] = lines({ shape }, 80, 24);
    expect(head?.trim().split(/ +/)).toEqual(['NAME', 'AGE']);
    expect(width(head ?? '')).toBe(80);
  });
});
