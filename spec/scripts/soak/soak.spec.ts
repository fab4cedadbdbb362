import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reflector } from 'kuberx';
import { runSoak } from '../../../scripts/soak/run-soak.ts';
import type { Reflect } from '../../../scripts/soak/subject.ts';
import { brokenReflectors, type BrokenReflector } from '../../reflector/broken-reflectors.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs the command: its exit code and what it printed, at its end. It is interrupted once its log has `interruptAt`. */
function soakCommand(args: readonly string[], interruptAt?: RegExp): Promise<{ code: number; output: string }> {
  const command = ['--conditions=kuberx-source', '--expose-gc', 'scripts/soak.ts', ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output: `${stdout}\n${stderr}` });
    });
    let log = '';
    child.stderr?.on('data', (text: string) => {
      const before = interruptAt?.test(log) ?? true;
      log += text;
      if (!before && interruptAt?.test(log) === true) child.kill('SIGINT');
    });
  });
}

/** The number behind a name in the output. */
function counted(output: string, name: string): number {
  const line = output.split('\n').find((each) => each.startsWith(`${name}: `));
  return Number(line?.slice(name.length + 2) ?? Number.NaN);
}

const mended =
  ({ listerWatcher = (server) => server, events = (events$) => events$ }: BrokenReflector): Reflect =>
  (server, options) =>
    events(reflector(listerWatcher(server), options));

describe.concurrent('npm run soak', () => {
  it('finds no divergence, through every kind of fault', async () => {
    const { code, output } = await soakCommand(['--minutes', '0.3', '--seed', '1', '--faults', '200']);

    expect(code, output).toBe(0);
    expect(counted(output, 'divergences'), output).toBe(0);
    expect(counted(output, 'seed')).toBe(1);
    for (const count of ['events', 'relists', 'interruptions'])
      expect(counted(output, count), count).toBeGreaterThan(0);
    expect(output).toMatch(/^lag: 0 \(streaming\): longest \d+\.\d s, \d+\.\d s in all$/mu);
    expect(output).toMatch(/^longest lag: \d+\.\d s$/mu);
    const kinds = ['cut (reset)', 'cut (end)', 'stall', 'half-open', 'delay', 'truncate', 'duplicate', 'garble'];
    const answers = [410, 429, 500, 503, 504].map((status) => `answer ${status}`);
    for (const kind of [...kinds, ...answers, 'error frame 410', 'server compaction']) {
      expect(counted(output, `fault: ${kind}`), kind).toBeGreaterThan(0);
    }
  }, 90_000);

  it('fails where fewer faults happened than were asked for', async () => {
    const { code, output } = await soakCommand(['--minutes', '0.01', '--reflectors', '1', '--faults', '100000']);

    expect(code, output).toBe(1);
    expect(output).toContain('fewer faults than the 100000 that were asked for');
  }, 60_000);

  it('ends at its next quiet point when it is interrupted, with its record', async () => {
    const { code, output } = await soakCommand(['--minutes', '5', '--seed', '4'], /quiet point 1: /u);

    expect(code, output).toBe(0);
    expect(output).toContain('stopped before its time');
    expect(counted(output, 'faults')).toBeGreaterThan(0);
    expect(counted(output, 'divergences'), output).toBe(0);
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
