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

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const unindented = (text: string): string => text.replace(/^ +/gm, '');
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

  it('should give pods to nodes out of a cache: node-scheduler', async () => {
    server = await apiServer();
    server.create('v1/nodes', { metadata: { name: 'closed' }, spec: { unschedulable: true } });
    for (const name of ['a', 'b']) server.create('v1/nodes', { metadata: { name } });
    server.create('v1/pods', { ...pod('placed'), spec: { nodeName: 'a' } });
    server.create('v1/pods', pod('first'));
    const printed = run('node-scheduler', server.writeKubeconfig());
    await printed('default/first goes to b');
    server.create('v1/pods', pod('second'));
    await printed('default/second goes to a');
    server.delete('v1/pods', 'default/first');
    server.create('v1/pods', pod('third'));
    await printed('default/third goes to b');
    expect(server.get('v1/pods', 'default/third')).toMatchObject({ spec: { nodeName: 'b' } });
  });

  it('should give pods to nodes one after the other: pod-fifo-scheduler', async () => {
    server = await apiServer();
    server.create('v1/nodes', { metadata: { name: 'worker-1' } });
    server.create('v1/pods', pod('first'));
    const printed = run('pod-fifo-scheduler', server.writeKubeconfig());
    await printed('default/first goes to worker-1');
    server.create('v1/pods', pod('second'));
    await printed('default/second goes to worker-1');
    for (const key of ['default/first', 'default/second']) {
      expect(server.get('v1/pods', key)).toMatchObject({ spec: { nodeName: 'worker-1' } });
    }
  });

  it('should be what the README shows', () => {
    const [, shown] = /```ts\n([^]*?)```/.exec(readme)!;
    const example = readFileSync(join(root, 'examples/pod-reflector.ts'), 'utf8').replace(/^\/\/.*\n/gm, '');
    expect(example).toBe(shown);
  });

  it('should have each passage that the README shows of a spec', () => {
    const [, shown] = /^## Test a pipeline[^]*?```ts\n([^]*?)```/m.exec(readme)!;
    const spec = unindented(readFileSync(join(root, 'examples/marble-tested-pipeline.spec.ts'), 'utf8'));
    const passages = unindented(shown!).split(/\n\n(?=it\()/);
    expect(passages).toHaveLength(2);
    for (const passage of passages) expect(spec).toContain(passage.trim());
  });
});
