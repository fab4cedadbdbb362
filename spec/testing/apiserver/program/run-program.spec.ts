import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Subject } from 'rxjs';
import { afterAll, describe, expect, it } from 'vitest';
import { loadKubeConfig } from 'kuberx/kubeconfig';
import { resourceClient } from 'kuberx/rest';
import { eventually } from '../../../eventually.ts';
import { runProgram } from '#src/testing/apiserver/program/run-program.ts';

const directory = mkdtempSync(join(tmpdir(), 'kuberx-program-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string): string => join(directory, name);

/** A program that runs, and what it has written. */
function running(args: readonly string[]) {
  const stdin = new PassThrough();
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = { stdout: '', stderr: '' };
  stdout.on('data', (text: Buffer) => (written.stdout += text.toString()));
  stderr.on('data', (text: Buffer) => (written.stderr += text.toString()));
  const stop$ = new Subject<void>();
  const exit = runProgram(args, { stdin, stdout, stderr, stop$ });
  return { stdin, written, stop$, exit };
}

async function kubeconfigOf({ written }: ReturnType<typeof running>): Promise<string> {
  await eventually(() => expect(written.stdout).toMatch(/\n/));
  return written.stdout.split('\n')[0] ?? '';
}

const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { k: v }\n';

describe('runProgram', () => {
  it('serves manifests to whoever reads its kubeconfig, until it is asked to end', async () => {
    writeFileSync(path('a.yaml'), manifest);
    const program = running([
      '--load',
      path('a.yaml'),
      '--tls',
      '--token',
      'secret',
      '--log',
      '--kubeconfig',
      path('kubeconfig'),
    ]);
    expect(await kubeconfigOf(program)).toBe(path('kubeconfig'));
    const config = loadKubeConfig({ files: [path('kubeconfig')] });
    const client = resourceClient(config, 'v1/configmaps');
    expect(await client.get({ namespace: 'default', name: 'a' })).toMatchObject({ data: { k: 'v' } });
    await eventually(() =>
      expect(program.written.stderr).toMatch(/200 \d+ ms GET \/api\/v1\/namespaces\/default\/configmaps\/a/),
    );
    expect(program.written.stderr).toMatch(/serving https:\/\/127\.0\.0\.1:\d+/);
    expect(program.written.stderr).not.toContain('secret');
    program.stop$.next();
    expect(await program.exit).toBe(0);
    expect(existsSync(path('kubeconfig'))).toBe(false);
  });

  it('takes commands, and ends with them', async () => {
    const program = running(['--commands', '--seed', '1']);
    await kubeconfigOf(program);
    program.stdin.write('{"requests":{}}\n\nnonsense\n');
    await eventually(() =>
      expect(program.written.stdout.split('\n').slice(1, 3)).toEqual([
        '{"ok":true,"result":[]}',
        '{"ok":false,"error":"invalid command: not JSON"}',
      ]),
    );
    program.stdin.end();
    expect(await program.exit).toBe(0);
  });

  it('keeps its state in a file', async () => {
    writeFileSync(path('b.yaml'), manifest);
    const state = path('state.json');
    const first = running(['--state', state, '--load', path('b.yaml')]);
    await kubeconfigOf(first);
    first.stop$.next();
    expect(await first.exit).toBe(0);
    const kept = readFileSync(state, 'utf8');
    const second = running(['--state', state, '--commands']);
    await kubeconfigOf(second);
    second.stdin.end();
    expect(await second.exit).toBe(0);
    const objects = (text: string): unknown =>
      (JSON.parse(text) as { readonly objects: Record<string, unknown> }).objects['v1/configmaps'];
    expect(objects(readFileSync(state, 'utf8'))).toEqual(objects(kept));
    expect(objects(kept)).toMatchObject([{ metadata: { name: 'a' }, data: { k: 'v' } }]);
  });

  it('prints its help', async () => {
    const program = running(['--help']);
    expect(await program.exit).toBe(0);
    expect(program.written.stdout).toContain('--kubeconfig PATH');
  });

  it('says why it does not start, and leaves a kubeconfig alone that is there', async () => {
    writeFileSync(path('mine'), 'mine');
    const program = running(['--kubeconfig', path('mine')]);
    expect(await program.exit).toBe(2);
    expect(program.written.stderr).toBe(`kuberx-apiserver: ${path('mine')} exists already, and is not overwritten\n`);
    expect(readFileSync(path('mine'), 'utf8')).toBe('mine');
  });

  it('says that its port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await eventually(() => expect(holder.listening).toBe(true));
    const { port } = holder.address() as { readonly port: number };
    const program = running(['--port', String(port)]);
    expect(await program.exit).toBe(2);
    expect(program.written.stderr).toContain(`it cannot listen on port ${port}: EADDRINUSE`);
    holder.close();
  });

  it.each([
    ['a manifest by --crd that is no definition', ['--crd', path('a.yaml')], /is not a CustomResourceDefinition/],
    ['a state of something else', ['--state', path('a.yaml')], /is not JSON/],
  ])('refuses %s', async (_, args, message) => {
    writeFileSync(path('a.yaml'), manifest);
    const program = running(args);
    expect(await program.exit).toBe(2);
    expect(program.written.stderr).toMatch(message);
  });

  it('says at the end that it could not keep its state', async () => {
    const program = running(['--state', path('nowhere/state.json')]);
    await kubeconfigOf(program);
    program.stop$.next();
    expect(await program.exit).toBe(1);
    expect(program.written.stderr).toContain('cannot be written: ENOENT');
  });
});
