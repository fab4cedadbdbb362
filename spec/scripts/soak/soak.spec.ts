import { describe, expect, it } from 'vitest';
import { reflector } from 'kuberx';
import { runSoak } from '../../../scripts/soak/run-soak.ts';
import type { Reflect } from '../../../scripts/soak/subject.ts';
import { brokenReflectors, type BrokenReflector } from '../../reflector/broken-reflectors.ts';
import { counted, soakCommand } from './soak-command.ts';

const mended =
  ({ listerWatcher = (server) => server, events = (events$) => events$ }: BrokenReflector): Reflect =>
  (server, options) =>
    events(reflector(listerWatcher(server), options));

describe.concurrent('npm run soak', () => {
  it('finds no divergence, through a few seconds of faults', async () => {
    const { code, output } = await soakCommand(['--minutes', '0.05', '--seed', '1', '--faults', '20']);

    expect(code, output).toBe(0);
    expect(counted(output, 'divergences'), output).toBe(0);
    expect(counted(output, 'seed')).toBe(1);
    for (const count of ['events', 'interruptions']) expect(counted(output, count), count).toBeGreaterThan(0);
    expect(output).toMatch(/^lag: 0 \(streaming\): longest \d+\.\d s, \d+\.\d s in all$/mu);
    expect(output).toMatch(/^longest lag: \d+\.\d s$/mu);
  }, 90_000);

  it('fails where fewer faults happened than were asked for', async () => {
    const { code, output } = await soakCommand(['--minutes', '0.01', '--reflectors', '1', '--faults', '100000']);

    expect(code, output).toBe(1);
    expect(output).toContain('fewer faults than the 100000 that were asked for');
  }, 60_000);

  it.each([['--minutes', '0'], ['--server', 'another'], ['--seed', 'x'], ['--reflectors', '0'], ['--unknown']])(
    'refuses %s %s',
    async (...args) => {
      expect((await soakCommand(args)).code).toBe(2);
    },
  );
});

/** By which words each is to be found out: not by a socket or by time. */
const telling: Readonly<Record<string, RegExp>> = {
  'forgets nothing on a relist': /: \S+ is no more$/u,
  'takes its version from the initial events': /: the version of the snapshot went from \d+ back to \d+$/u,
  'resumes from nothing': /: \S+ is no more$/u,
};

describe.concurrent('the soak itself', () => {
  it.each(Object.entries(brokenReflectors))(
    'finds out a reflector that %s',
    async (name, broken) => {
      const { divergences } = await runSoak({
        // Most are found out in the first stretch. What a busy machine brings about is not what is looked for.
        milliseconds: 60_000,
        seed: 2,
        server: 'embedded',
        subjects: 12,
        stretch: 3000,
        bound: 5000,
        stopsAt: telling[name]!,
        reflect: mended(broken),
      });

      expect(divergences).toContainEqual(expect.stringMatching(telling[name]!));
    },
    120_000,
  );
});
