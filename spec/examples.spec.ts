import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';

const root = join(import.meta.dirname, '..');
let server: ApiServer | undefined;
let child: ChildProcess | undefined;

afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill();
    await once(child, 'close');
  }
  await server?.stop();
});

/** Runs an example against a server, and returns a function that waits until it has printed a text. */
function run(example: string, kubeconfig: string): (text: string) => Promise<void> {
  let output = '';
  const heard = new Set<() => void>();
  child = spawn(process.execPath, ['--conditions=kuberx-source', `examples/${example}.ts`], {
    cwd: root,
    env: { ...process.env, KUBECONFIG: kubeconfig },
  });
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of heard) look();
    });
  }
  return (text) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (output.includes(text)) resolve();
      };
      heard.add(look);
      child?.once('close', () => reject(new Error(`it ended without ${text}:\n${output}`)));
      look();
    });
}

const pod = (name: string): object => ({ metadata: { namespace: 'default', name } });

describe('examples', () => {
  it('should print pods as they come and go: pod-reflector', async () => {
    server = await apiServer();
    server.create('v1/pods', pod('first'));
    const printed = run('pod-reflector', server.writeKubeconfig());
    await printed('1 pods at version');
    await printed('added first');
    server.create('v1/pods', pod('second'));
    await printed('added second');
    server.delete('v1/pods', 'default/first');
    await printed('deleted first');
  });

  it('should be what the README shows', () => {
    const [, shown] = /```ts\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))!;
    const example = readFileSync(join(root, 'examples/pod-reflector.ts'), 'utf8').replace(/^\/\/.*\n/gm, '');
    expect(example).toBe(shown);
  });
});
