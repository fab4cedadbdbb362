import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import packageJson from '../../package.json' with { type: 'json' };
import { eventually } from '../eventually.ts';
import { CliProcess, folded } from './cli-process.ts';

const resource = 'v1/secrets';
const secret = 'c2VjcmV0LXBhc3N3b3Jk';

function fill(server: ApiServer, count: number): void {
  for (let index = 0; index < count; index++) {
    server.create(resource, {
      metadata: { namespace: `team-${index % 3}`, name: `secret-${index}` },
      data: { password: secret },
    });
  }
}

function state(server: ApiServer): ReadonlyMap<string, string> {
  return new Map(
    server.list(resource).map(({ metadata }) => [`${metadata.namespace!}/${metadata.name}`, metadata.resourceVersion!]),
  );
}

describe('npm start', () => {
  it('runs the demo for so many seconds and ends with the summary', async () => {
    await using cli = new CliProcess(['--seconds', '2', '--json', '--objects', '50', '--rate', '40']);
    expect(await cli.over()).toBe(0);
    expect(cli.stderr).toBe('');

    const lines = cli.json;
    const first = lines.find(({ type }) => type === 'Replaced')!;
    expect(Object.keys(first['objects'] as object)).toHaveLength(50);
    const changes = lines.filter(({ type }) => ['Added', 'Updated', 'Deleted'].includes(type as string));
    expect(changes.length).toBeGreaterThan(10);
    expect(new Set(changes.map(({ type }) => type))).toEqual(new Set(['Added', 'Updated', 'Deleted']));
    expect(lines.at(-1)).toEqual({
      summary: { synced: 50, events: changes.length, relists: 0, interruptions: 0 },
    });
    expect(Math.abs(folded(lines).size - 50)).toBeLessThanOrEqual(1);
  });

  it('loads a demo of 1000 pods in 10 namespaces, and selects among them', async () => {
    await using cli = new CliProcess(['--json', '--rate', '0']);
    await using one = new CliProcess([
      '--json',
      '--rate',
      '0',
      '-n',
      'search',
      '--field-selector',
      'status.phase=Running',
    ]);
    const { objects } = await cli.line(({ type }) => type === 'Replaced');
    const selected = await one.line(({ type }) => type === 'Replaced');
    const keys = Object.keys(objects as object);
    expect(keys).toHaveLength(1000);
    expect(new Set(keys.map((key) => key.split('/')[0])).size).toBe(10);
    const few = Object.keys(selected['objects'] as object);
    expect(few.every((key) => key.startsWith('search/'))).toBe(true);
    expect(few.length).toBeGreaterThan(10);
    expect(few.length).toBeLessThan(100);
  });

  it('prints lines that fold to the state of the server, through a relist, and never content', async () => {
    await using server = await apiServer();
    fill(server, 30);
    await using cli = new CliProcess([resource, '-A', '--kubeconfig', server.writeKubeconfig(), '--json']);
    await cli.line(({ type }) => type === 'Replaced');

    server.delete(resource, 'team-0/secret-0');
    const updated = server.apply(resource, {
      metadata: { namespace: 'team-1', name: 'secret-1' },
      data: { a: secret },
    });
    await cli.line(({ resourceVersion }) => resourceVersion === updated.metadata.resourceVersion);
    server.intercept(({ verb }) => {
      // While the watch is away, an object comes and another one goes, and their history is forgotten.
      if (verb !== 'watch' || server.get(resource, 'team-0/late') !== undefined) return undefined;
      server.delete(resource, 'team-2/secret-2');
      server.create(resource, { metadata: { namespace: 'team-0', name: 'late' }, data: { password: secret } });
      server.compact();
      server.restartCache();
      return undefined;
    });
    server.endStreams();
    await cli.line(({ type, objects }) => type === 'Replaced' && 'team-0/late' in (objects as object));

    expect(await cli.end()).toBe(0);
    expect(folded(cli.json)).toEqual(state(server));
    const interruptions = cli.json.filter(({ type }) => type === 'Interrupted');
    expect(interruptions[0]).toMatchObject({ phase: 'watching', reason: 'Expired', attempt: 1 });
    expect(cli.json.at(-1)).toEqual({
      summary: { synced: 30, events: 2, relists: 1, interruptions: interruptions.length },
    });
    expect(cli.lines.join('\n')).not.toContain(secret);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGQUIT'] as const)('ends with the summary and exit code 0 on %s', async (signal) => {
    await using cli = new CliProcess(['--json', '--objects', '7', '--rate', '0']);
    await cli.line(({ type }) => type === 'Replaced');
    expect(await cli.end(signal)).toBe(0);
    expect(cli.lines.at(-1)).toBe('{"summary":{"synced":7,"events":0,"relists":0,"interruptions":0}}');
    expect(cli.stderr).toBe('');
  });

  it('loses no line at its end, however slow its reader is', async () => {
    await using server = await apiServer();
    fill(server, 20_000);
    const asked = new Promise<void>((resolve) => {
      server.intercept(() => {
        resolve();
        return undefined;
      });
    });
    await using cli = new CliProcess([resource, '-A', '--kubeconfig', server.writeKubeconfig(), '--json'], {
      paused: true,
    });
    await asked;
    // More than a pipe holds: the program waits for its reader.
    await once(cli.child.stdout!, 'readable');
    cli.child.kill('SIGTERM');
    cli.read();
    expect(await cli.over()).toBe(0);
    expect(Object.keys(cli.json.at(-1)!)).toEqual(['summary']);
    const { summary } = cli.json.at(-1) as { summary: { synced: number } };
    expect(folded(cli.json).size).toBe(summary.synced);
  });

  it('ends quietly when its reader has gone', async () => {
    await using cli = new CliProcess(['--json', '--objects', '5', '--rate', '50']);
    await cli.line(({ type }) => type === 'Added');
    cli.child.stdout!.destroy();
    expect(await cli.ended).toBe(0);
    expect(cli.stderr).toBe('');
  });

  it.skipIf(!existsSync('/dev/full'))('fails with one line where its output cannot be written', () => {
    const full = openSync('/dev/full', 'w');
    const args = ['--conditions=kuberx-source', 'cli/main.ts', '--json', '--objects', '5'];
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
    closeSync(full);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'kuberx: standard output cannot be written: ENOSPC\n',
    });
  });

  it('prints plain lines without escape codes where there is no terminal', async () => {
    await using server = await apiServer();
    fill(server, 3);
    await using cli = new CliProcess([resource, '-A', '--kubeconfig', server.writeKubeconfig()], {
      env: { FORCE_COLOR: '1' },
    });
    await eventually(() => expect(cli.lines).not.toEqual([]));
    expect(await cli.end()).toBe(0);
    expect(cli.lines).toEqual([
      `synced 3 objects of v1/secrets at version ${server.resourceVersion}`,
      'stopped: synced 3, events 0, relists 0, interruptions 0',
    ]);
  });

  it.each([
    ['a bad number', ['--rate', 'fast']],
    ['a kubeconfig that is missing', ['v1/pods', '--kubeconfig', '/nowhere/at/all']],
  ])('refuses %s in one line, with exit code 2', async (_, args) => {
    await using cli = new CliProcess(args);
    expect(await cli.over()).toBe(2);
    expect(cli.lines).toEqual([]);
    expect(cli.stderr).toMatch(/^kuberx: [^\n]+\n$/);
  });

  it('shows the namespace of the context, the one that is named, or all, by the names that kubectl takes', async () => {
    await using server = await apiServer();
    fill(server, 9);
    const kubeconfig = server.writeKubeconfig();
    writeFileSync(kubeconfig, readFileSync(kubeconfig, 'utf8').replace('"default"', '"team-1"'));
    const keys = async (...args: string[]): Promise<string[]> => {
      await using cli = new CliProcess([...args, '--kubeconfig', kubeconfig, '--json']);
      const { objects } = await cli.line(({ type }) => type === 'Replaced');
      return Object.keys(objects as object).sort();
    };
    expect(await keys('secrets')).toEqual(['team-1/secret-1', 'team-1/secret-4', 'team-1/secret-7']);
    expect(await keys('Secret', '-n', 'team-2')).toEqual(['team-2/secret-2', 'team-2/secret-5', 'team-2/secret-8']);
    expect(await keys('secret', '-A')).toHaveLength(9);
    server.create('v1/nodes', { metadata: { name: 'worker-01' } });
    expect(await keys('no')).toEqual(['worker-01']);
  });

  it('prints its version', async () => {
    await using cli = new CliProcess(['--version']);
    expect(await cli.over()).toBe(0);
    expect(cli.lines).toEqual([`kuberx ${packageJson.version}`]);
  });

  it('refuses a context that the kubeconfig lacks, and says which it has', async () => {
    await using server = await apiServer();
    await using cli = new CliProcess(['--kubeconfig', server.writeKubeconfig(), '--context', 'other']);
    expect(await cli.over()).toBe(2);
    expect(cli.stderr).toMatch(/^kuberx: [^\n]+ has no context "other"; it has "kuberx"\n$/);
  });

  it.each([[['--json']], [[]]])('ends with exit code 2 on a 401, and keeps the token %j', async (args) => {
    await using server = await apiServer({ token: 'the-right-token', tls: true });
    const kubeconfig = server.writeKubeconfig();
    writeFileSync(kubeconfig, readFileSync(kubeconfig, 'utf8').replace('the-right-token', 'a-wrong-token'));
    await using cli = new CliProcess(['v1/pods', '--kubeconfig', kubeconfig, ...args]);
    expect(await cli.over()).toBe(2);
    expect(cli.stderr).toMatch(/^kuberx: v1\/pods in default: [^\n]*\(401\)\n$/);
    expect(cli.stderr + cli.lines.join('')).not.toContain('wrong-token');
    if (args.length === 0) expect(cli.lines).toEqual([]);
    else expect(cli.json.at(-1)).toMatchObject({ summary: { synced: 0, interruptions: 1 } });
  });

  it('ends with exit code 2 on a 403 of the list', async () => {
    await using server = await apiServer();
    server.failNext({ code: 403, times: 10 });
    await using cli = new CliProcess(['v1/pods', '--kubeconfig', server.writeKubeconfig()]);
    expect(await cli.over()).toBe(2);
    expect(cli.lines).toEqual([]);
    expect(cli.stderr).toMatch(/^kuberx: v1\/pods in default: [^\n]*\(403\)\n$/);
  });

  it('goes on where only the watch is forbidden', async () => {
    await using server = await apiServer();
    fill(server, 4);
    server.failNext({ code: 403, times: 100, verbs: ['watch'] });
    await using cli = new CliProcess([resource, '-A', '--kubeconfig', server.writeKubeconfig(), '--json']);
    await cli.line(({ type, phase }) => type === 'Interrupted' && phase === 'watching');
    expect(await cli.end()).toBe(0);
    expect(folded(cli.json)).toEqual(state(server));
  });

  it('shows a server that is down, and finds it when it is up', async () => {
    await using server = await apiServer();
    fill(server, 5);
    const directory = mkdtempSync(join(tmpdir(), 'kuberx-spec-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const kubeconfig = join(directory, 'kubeconfig');
    // The server removes its own when it stops.
    copyFileSync(server.writeKubeconfig(), kubeconfig);
    await server.stop();

    await using cli = new CliProcess([resource, '-A', '--json', '--kubeconfig', kubeconfig]);
    const interrupted = await cli.line(({ attempt }) => attempt === 2);
    expect(interrupted).toMatchObject({ type: 'Interrupted', reason: 'ConnectionRefused' });
    expect(interrupted['retryIn']).toBeGreaterThan(0);
    await server.start();
    await cli.line(({ type }) => type === 'Replaced');
    expect(await cli.end()).toBe(0);
    expect(folded(cli.json)).toEqual(state(server));
  });
});
