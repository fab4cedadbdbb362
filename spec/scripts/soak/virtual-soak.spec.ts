import { describe, expect, it } from 'vitest';
import { reflector } from 'kuberx';
import { merged } from '../../../scripts/soak/merged.ts';
import { virtualSoak } from '../../../scripts/soak/virtual/virtual-soak.ts';
import type { Reflect } from '../../../scripts/soak/subject.ts';
import { brokenReflectors, type BrokenReflector } from '../../reflector/broken-reflectors.ts';

/** More of them: `npm run soak:virtual`. */
const seeds = Array.from({ length: 20 }, (_, seed) => seed);

const mended =
  ({ listerWatcher = (server) => server, events = (events$) => events$ }: BrokenReflector): Reflect =>
  (server, options) =>
    events(reflector(listerWatcher(server), options));

describe('the soak in virtual time', () => {
  it('finds no divergence with 20 seeds, through every kind of fault', () => {
    const records = seeds.map((seed) => ({ seed, ...virtualSoak(seed) }));

    expect(records.flatMap(({ seed, divergences }) => divergences.map((what) => `seed ${seed}: ${what}`))).toEqual([]);
    const faults = merged(records.map((record) => record.faults));
    const kinds = [
      'cut (reset)',
      'cut (end)',
      'stall',
      'half-open',
      'delay',
      'refuse',
      'truncate',
      'duplicate',
      'garble',
    ];
    const answers = [410, 429, 500, 503, 504].map((status) => `answer ${status}`);
    const servers = ['compaction', 'restart', 'stop', 'failure', 'bookmark', 'ends streams'].map(
      (what) => `server ${what}`,
    );
    expect([...faults.keys()]).toEqual(expect.arrayContaining([...kinds, ...answers, ...servers, 'error frame 410']));
    for (const count of ['events', 'relists'] as const)
      expect(records.reduce((sum, record) => sum + record[count], 0)).toBeGreaterThan(20);
    for (const count of ['created', 'changed', 'deleted', 'recreated', 'unanswered'] as const)
      expect(records.reduce((sum, { writes }) => sum + writes[count], 0)).toBeGreaterThan(20);
  });

  it('gives the same run for the same seed', () => {
    expect(virtualSoak(3)).toEqual(virtualSoak(3));
  });

  it.each(Object.entries(brokenReflectors))('finds out a reflector that %s', (_name, broken) => {
    expect(seeds.some((seed) => virtualSoak(seed, mended(broken)).divergences.length > 0)).toBe(true);
  });
});
