import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiServer } from 'kuberx/testing/apiserver';
import { ExampleProcess } from './examples/example-process.ts';
import { directory } from './rest/directory.ts';
import { httpsServer } from './rest/servers.ts';
import { certificate } from './rest/test-certificate.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const unindented = (text: string): string => text.replace(/^ +/gm, '');
const pod = (name: string): object => ({ metadata: { namespace: 'default', name } });

describe('examples', () => {
  it('prints pods as they come and go: pod-reflector', async () => {
    await using server = await apiServer();
    server.create('v1/pods', pod('first'));
    await using example = new ExampleProcess('pod-reflector', server.writeKubeconfig());
    await example.printed('1 pods at version');
    await example.printed('added first');
    server.create('v1/pods', pod('second'));
    await example.printed('added second');
    server.delete('v1/pods', 'default/first');
    await example.printed('deleted first');
  });

  it('prints the state, what happens, and how it stands: pod-informer', async () => {
    await using server = await apiServer();
    server.create('v1/pods', pod('first'));
    await using example = new ExampleProcess('pod-informer', server.writeKubeconfig());
    await example.printed('1 pods, 1 on no node');
    await example.printed('added first');
    await example.printed('watching');
    server.apply('v1/pods', { ...pod('first'), spec: { nodeName: 'worker-1' } });
    await example.printed('1 pods, 0 on no node');
    await example.printed('updated first');
    await server.stop({ how: 'reset' });
    await example.printed('waiting (stale) v1/pods in default: ');
  });

  it('counts pods as a service account, and ends when it is asked to: in-cluster-informer', async () => {
    await using server = await apiServer();
    server.create('v1/pods', pod('first'));
    const account = directory();
    writeFileSync(join(account, 'token'), 'hunter2\n');
    writeFileSync(join(account, 'ca.crt'), certificate);
    const shown = new Set<string | undefined>();
    const front = await httpsServer((request, response) => {
      shown.add(request.headers.authorization);
      const onward = http.request(new URL(request.url!, server.url), { headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward).on('error', () => response.destroy());
    });
    const env = {
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(front.port),
      SERVICE_ACCOUNT: account,
    };
    await using example = new ExampleProcess('in-cluster-informer', env);
    await example.printed('1 pods');
    await example.printed('watching');
    server.create('v1/pods', pod('second'));
    await example.printed('2 pods');
    expect([...shown]).toEqual(['Bearer hunter2']);
    await example.terminated();
    expect(example.output).toContain('unsubscribed');
  });

  it('gives pods to nodes out of a cache: node-scheduler', async () => {
    await using server = await apiServer();
    server.create('v1/nodes', { metadata: { name: 'closed' }, spec: { unschedulable: true } });
    for (const name of ['a', 'b']) server.create('v1/nodes', { metadata: { name } });
    server.create('v1/pods', { ...pod('placed'), spec: { nodeName: 'a' } });
    server.create('v1/pods', pod('first'));
    await using example = new ExampleProcess('node-scheduler', server.writeKubeconfig());
    await example.printed('default/first goes to b');
    server.create('v1/pods', pod('second'));
    await example.printed('default/second goes to a');
    server.delete('v1/pods', 'default/first');
    server.create('v1/pods', pod('third'));
    await example.printed('default/third goes to b');
    expect(server.get('v1/pods', 'default/third')).toMatchObject({ spec: { nodeName: 'b' } });
  });

  it('gives pods to nodes one after the other: pod-fifo-scheduler', async () => {
    await using server = await apiServer();
    server.create('v1/nodes', { metadata: { name: 'worker-1' } });
    server.create('v1/pods', pod('first'));
    await using example = new ExampleProcess('pod-fifo-scheduler', server.writeKubeconfig());
    await example.printed('default/first goes to worker-1');
    server.create('v1/pods', pod('second'));
    await example.printed('default/second goes to worker-1');
    for (const key of ['default/first', 'default/second']) {
      expect(server.get('v1/pods', key)).toMatchObject({ spec: { nodeName: 'worker-1' } });
    }
  });

  it('are what the README shows', () => {
    const [, shown] = /```ts\n([^]*?)```/.exec(readme)!;
    const example = readFileSync(join(root, 'examples/pod-informer.ts'), 'utf8').replace(/^\/\/.*\n/gm, '');
    expect(example).toBe(shown);
  });

  it.each([['Test a pipeline in virtual time', 'marble-tested-pipeline.spec.ts', 2]])(
    'have each passage that the README shows under "%s"',
    (heading, file, count) => {
      const section = readme.split(/^## /m).find((each) => each.startsWith(heading))!;
      const [, shown] = /```tsx?\n([^]*?)```/.exec(section)!;
      const example = unindented(readFileSync(join(root, 'examples', file), 'utf8'));
      const passages = unindented(shown!).split(/\n\n(?=it\(|\/\*\*)/);
      expect(passages).toHaveLength(count);
      for (const passage of passages) expect(example).toContain(passage.trim());
    },
  );
});
