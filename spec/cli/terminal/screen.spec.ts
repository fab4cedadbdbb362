import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { startingStatus, type Status } from '../../../cli/status.ts';
import { lastScreen, screen, tableRoom } from '../../../cli/terminal/screen.ts';
import type { ScreenState } from '../../../cli/terminal/screen-state.ts';
import { width } from '../../../cli/terminal/styled-line.ts';
import { interruption, podState, watching } from './screen-states.ts';

const lines = (shown: Partial<ScreenState>, columns: number, rows: number, draw = screen): string[] =>
  stripVTControlCharacters(draw({ ...podState, ...shown }, { columns, rows })).split('\n');

const longHost = { ...podState.title, server: `${'a'.repeat(32)}.gr7.eu-central-1.eks.amazonaws.com:8443` };
const waiting: Status = { ...watching, trouble: 'waiting', interruption };
const longWaiting: Status = {
  ...waiting,
  interruption: {
    ...interruption,
    error: new KubeError({
      reason: 'Forbidden',
      resource: 'v1/pods',
      message: `the server said ${'a lot about why it does not answer '.repeat(9)}at 127.0.0.1 port 6443`,
    }),
  },
};

const withWords: Status = {
  ...waiting,
  interruption: {
    ...interruption,
    error: new KubeError({
      reason: 'TooManyRequests',
      resource: 'v1/pods',
      message: `127.0.0.1 port 6443 is busy ${'with this '.repeat(30)}`,
    }),
  },
};

const sizes = [
  [200, 60],
  [120, 40],
  [80, 24],
  [60, 15],
  [48, 10],
  [40, 8],
  [30, 9],
  [20, 5],
  [10, 2],
  [2, 1],
  [1, 1],
] as const;

describe('screen', () => {
  it.each(sizes)('fills %d columns and %d rows, and wraps nowhere', (columns, rows) => {
    for (const status of [watching, waiting, longWaiting])
      for (const title of [podState.title, longHost]) {
        const shown = lines({ status, title }, columns, rows);
        expect(shown).toHaveLength(Math.max(1, rows - 1));
        // What is full to the last column loses it to log-update.
        expect(shown.filter((line) => width(line) > Math.max(1, columns - 1))).toEqual([]);
      }
  });

  it('has room for rows in all but the smallest terminals', () => {
    const rooms = [24, 15, 14, 9, 8, 6, 5, 3].map((rows) => tableRoom({ columns: 80, rows }));
    expect(rooms).toEqual([16, 7, 9, 4, 3, 1, 1, 0]);
    for (const rows of [24, 15, 14, 9, 8, 6, 5])
      expect(lines({}, 80, rows).filter((line) => /^. .*(api-|名)/.test(line)).length).toBe(
        tableRoom({ columns: 80, rows }),
      );
  });

  it.each(sizes.filter(([columns]) => columns >= 20))(
    'never cuts the port in %d columns and %d rows',
    (columns, rows) => {
      for (const status of [watching, waiting, longWaiting, { ...waiting, trouble: 'retrying' as const }]) {
        expect(lines({ status }, columns, rows)[0]).toContain('127.0.0.1:6443');
        expect(lines({ status, title: longHost }, columns, rows)[0]).toContain('.com:8443');
        // Nor show a part of it anywhere.
        const text = lines({ status }, columns, rows).join('');
        expect(text).not.toMatch(/(port ?|:)(6|64|644)…/);
      }
    },
  );

  it.each(sizes.filter(([columns]) => columns >= 20))('shows what fails in %d columns and %d rows', (columns, rows) => {
    const [, figures = ''] = lines({}, columns, rows);
    expect(figures).toMatch(columns > 40 ? /12 CrashLoopBackOff · / : /15 failing/);
    const [, few = ''] = lines({ counts: podState.counts.slice(0, 1) }, columns, rows);
    expect(few).toContain('12 CrashLoopBackOff');
    const [, none = ''] = lines({ counts: podState.counts.slice(2) }, columns, rows);
    expect(none).toMatch(/^1,000 objects/);
  });

  it('cuts other counts before those of what fails', () => {
    const figures = (columns: number): string => lines({}, columns + 1, 24)[1]!;
    const full = '1,000 objects  12 CrashLoopBackOff · 3 ImagePullBackOff · 960 Running · 15 Completed · 10 Pending';
    expect(figures(120)).toBe(`${full.padEnd(107)}19.8 events/s`.padEnd(120));
    expect(figures(100)).toBe(full);
    expect(figures(90)).toBe(
      '1,000 objects  12 CrashLoopBackOff · 3 ImagePullBackOff · 960 Running · 15 Completed · …',
    );
    expect(figures(80)).toBe('1,000 objects  12 CrashLoopBackOff · 3 ImagePullBackOff · 960 Running · …');
    expect(figures(60)).toBe('1,000 objects  12 CrashLoopBackOff · 3 ImagePullBackOff · …');
    expect(figures(52)).toBe('1,000  12 CrashLoopBackOff · 3 ImagePullBackOff · …');
    expect(figures(42)).toBe('12 CrashLoopBackOff · 3 ImagePullBackOff');
    expect(figures(36)).toBe('1,000 objects  15 failing');
    expect(figures(20)).toBe('1,000  15 failing');
    expect(figures(10)).toBe('15 failing');
  });

  it('has READY, STATUS and RESTARTS of pods for as long as there is room', () => {
    const heads = (columns: number, shape = podState.shape): string[] =>
      lines({ shape }, columns, 24)[4]!.trim().split(/ +/);
    expect(heads(100)).toEqual(['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'NODE']);
    expect(heads(80)).toEqual(['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']);
    expect(heads(60)).toEqual(['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS']);
    expect(heads(60, { ...podState.shape, namespaced: false })).toEqual(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']);
    expect(heads(40)).toEqual(['NAME', 'READY', 'STATUS']);
    expect(heads(34)).toEqual(['NAME', 'STATUS']);
  });

  it('says when a container restarted last where there is room', () => {
    expect(lines({}, 200, 24)[6]).toMatch(/0\/1 +CrashLoopBackOff +12 \(30s ago\) +60s/);
    expect(lines({}, 60, 24)[6]).toMatch(/0\/1 +CrashLoopBackOff +12 *$/);
  });

  it('counts down to the next request, whatever the server said', () => {
    const [title, , , first, second] = lines({ status: waiting }, 80, 24);
    expect(title).toMatch(/● interrupted {2}12s$/);
    expect(`${first!} ${second!}`).toBe(
      'watching v1/pods: nothing listens at 127.0.0.1 port 6443 (ConnectionRefused) · next try in 3 s (attempt 4)',
    );
    const narrow = lines({ status: waiting }, 40, 8);
    expect(narrow.slice(2, 4).join(' ')).toBe('ConnectionRefused at 127.0.0.1:6443 · next try in 3 s (attempt 4)');
    const long = lines({ status: longWaiting }, 60, 15).slice(3, 5).join(' ');
    expect(long).toBe('watching: Forbidden at 127.0.0.1:6443 · next try in 3 s (attempt 4)');
    const words = lines({ status: withWords }, 60, 15).slice(3, 6).join(' ');
    expect(words).toMatch(
      /^watching v1\/pods: 127\.0\.0\.1 port 6443 is busy (with this )+.*… · next try in 3 s \(attempt 4\)$/,
    );
    expect(lines({ status: { ...waiting, trouble: 'retrying' } }, 200, 60)[3]).toMatch(
      / · trying again \(attempt 4\)$/,
    );
    const over = lines({ status: { ...watching, interruption } }, 160, 24);
    expect(over[0]).toContain('● watching');
    expect(over[3]).toMatch(/^last interruption 1s ago: watching v1\/pods: nothing listens/);
  });

  it('shows a bar for a list, by what the server says or by what is expected', () => {
    const listing: Status = { ...startingStatus, phase: 'listing', received: 500 };
    expect(lines({ status: { ...listing, remaining: 1500 } }, 81, 24)[3]).toBe(
      `${'█'.repeat(10)}${'░'.repeat(30)} 25% 500 of 2,000`,
    );
    expect(lines({ status: listing, expected: 1000 }, 80, 24)[3]).toContain(' 50% 500 of 1,000');
    expect(lines({ status: listing }, 80, 24)[3]).toContain(' 500 received');
  });

  it('leaves out columns that the resource has not', () => {
    const shape = { namespaced: false, statuses: false, pods: false };
    expect(lines({ shape }, 80, 24)[4]!.trim().split(/ +/)).toEqual(['NAME', 'AGE']);
  });

  it('says of an empty list what kubectl says, and how more is seen', () => {
    const empty = { size: 0, rows: [], counts: [] };
    const title = { ...podState.title, namespace: 'default' };
    expect(lines({ ...empty, title }, 80, 24)[4]).toBe('No resources found in default namespace (all of them: -A)');
    expect(lines(empty, 80, 24)[4]).toBe('No resources found');
    const { synced: _, ...tally } = podState.tally;
    expect(lines({ ...empty, tally: { ...tally, synced: undefined } }, 80, 24).join('')).not.toContain('No resources');
  });

  it('says which key ends it, where keys are heard', () => {
    for (const [columns, rows] of sizes.slice(0, 6)) {
      expect(lines({}, columns, rows).at(-1)).toMatch(/^… and \d+ more +q quits$/);
      expect(lines({ keys: false }, columns, rows).at(-1)).toMatch(/^… and \d+ more$/);
    }
  });
});

describe('lastScreen', () => {
  it('is no longer than what it says, and speaks of no key', () => {
    const few = { size: 2, rows: podState.rows.slice(0, 2) };
    const last = lines(few, 80, 24, lastScreen);
    expect(last).toHaveLength(7);
    expect(last.at(-1)).toContain('CrashLoopBackOff');
    expect(lines({}, 80, 24, lastScreen).at(-1)).toBe('… and 985 more');
    expect(lines({}, 80, 24, lastScreen)).toHaveLength(23);
    const interrupted = lines({ status: waiting }, 80, 24, lastScreen);
    expect(interrupted[3]).toBe('watching v1/pods: nothing listens at 127.0.0.1 port 6443 (ConnectionRefused)');
  });
});
