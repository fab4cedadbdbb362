import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { KubeError } from '#src/protocol/errors/kube-error.ts';
import { eventually } from '../../eventually.ts';
import { aServer, configMap, send } from './a-server.ts';
import { openWatch } from './open-watch.ts';

const maps = '/api/v1/namespaces/default/configmaps';

describe('ApiServer', () => {
  it('stops and starts on the same port with its state', async () => {
    const server = await aServer();
    const { url } = server;
    server.create('v1/configmaps', configMap('a'));
    const watch = await openWatch(`${url}${maps}?watch=1&resourceVersion=101`);
    await server.stop();
    expect(await watch.line()).toBeUndefined();
    expect(server.connections).toBe(0);
    await expect(fetch(url + maps)).rejects.toThrow();
    await server.start();
    expect(server.url).toBe(url);
    expect((await send(server, 'GET', maps)).json).toMatchObject({ items: [{ metadata: { name: 'a' } }] });
  });

  it('stops as a process that is killed', async () => {
    const server = await aServer();
    const watch = await openWatch(`${server.url}${maps}?watch=1&resourceVersion=100`);
    await server.stop({ how: 'reset' });
    await expect(watch.line()).rejects.toThrow();
  });

  it('stops in time though a client does not read', async () => {
    const server = await aServer();
    for (let index = 0; index < 50; index++) {
      server.create('v1/configmaps', configMap(`map-${index}`, { text: 'x'.repeat(1_000_000) }));
    }
    await openWatch(`${server.url}${maps}?watch=1`);
    await server.stop();
    expect(server.connections).toBe(0);
  });

  it('can be stopped twice, and is disposed of', async () => {
    const server = await aServer();
    await server.stop();
    await server.stop();
    await server.start();
    await server[Symbol.asyncDispose]();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('rejects a port that is taken', async () => {
    const server = await aServer();
    await expect(aServer({ port: Number(new URL(server.url).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('remembers requests', async () => {
    const server = await aServer();
    await send(server, 'GET', `/apis/apps/v1/namespaces/x/deployments/a/status?resourceVersion=0`);
    expect(server.requests).toEqual([
      {
        transport: 'http/1.1',
        method: 'GET',
        path: '/apis/apps/v1/namespaces/x/deployments/a/status',
        query: { resourceVersion: '0' },
        accept: '*/*',
        userAgent: expect.any(String) as string,
        verb: 'get',
        resource: 'apps/v1/deployments',
        namespace: 'x',
        name: 'a',
        subresource: 'status',
      },
    ]);
  });

  it('writes a kubeconfig that client-node can use, for its owner only, and removes it', async () => {
    const server = await aServer({ token: 'secret' });
    server.create('v1/configmaps', configMap('a', { k: 'v' }));
    const path = server.writeKubeconfig();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromFile(path);
    const { items } = await kubeConfig.makeApiClient(CoreV1Api).listNamespacedConfigMap({ namespace: 'default' });
    expect(items.map(({ data }) => data)).toEqual([{ k: 'v' }]);
    await server.stop();
    expect(existsSync(dirname(path))).toBe(false);
    await server.start();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('writes no kubeconfig through a link, nor into a file that others can read', async () => {
    const server = await aServer({ token: 'secret' });
    const directory = mkdtempSync(join(tmpdir(), 'kuberx-spec-'));
    const [victim, path] = [join(directory, 'victim'), join(directory, 'kubeconfig')];
    writeFileSync(victim, 'unharmed');
    symlinkSync(victim, path);
    server.writeKubeconfig(path);
    expect(lstatSync(path).isFile()).toBe(true);
    await server.stop();
    writeFileSync(path, 'seen by all', { mode: 0o644 });
    await server.start();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(victim, 'utf8')).toBe('unharmed');
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  it('goes on as it is where it is started twice', async () => {
    const server = await aServer();
    const { url } = server;
    const path = server.writeKubeconfig();
    await server.start();
    expect(server.url).toBe(url);
    expect(existsSync(path)).toBe(true);
  });

  it('sheds a client that goes away while it waits', async () => {
    const server = await aServer();
    const abort = new AbortController();
    const waiting = fetch(`${server.url}${maps}?resourceVersion=999`, { signal: abort.signal });
    await eventually(() => expect(server.requests).toHaveLength(1));
    abort.abort();
    await expect(waiting).rejects.toThrow();
    await eventually(() => expect(server.connections).toBe(0));
  });
});

describe('the way in without HTTP', () => {
  it('creates, replaces and deletes by the rules of the server', async () => {
    const server = await aServer();
    const given = {
      metadata: { name: 'a', namespace: 'x' },
      spec: { nodeName: undefined },
      status: { phase: 'Running' },
    };
    const created = server.create('v1/pods', given);
    expect(created).toMatchObject({ kind: 'Pod', spec: {}, status: { phase: 'Running' }, metadata: { generation: 1 } });
    given.status.phase = 'Failed';
    expect(server.get('v1/pods', 'x/a')).toBe(created);
    expect(created).toMatchObject({ status: { phase: 'Running' } });
    expect(server.apply('v1/pods', created)).toBe(created);
    const changed = server.apply('v1/pods', { ...created, status: { phase: 'Failed' } });
    expect(changed.metadata).toEqual({ ...created.metadata, resourceVersion: '102' });
    expect(server.apply('v1/nodes', { metadata: { name: 'n' } })).toMatchObject({ kind: 'Node' });
    expect(server.resourceVersion).toBe('103');
    server.delete('v1/nodes', 'n');
    server.delete('v1/pods', 'x/a');
    expect(server.list('v1/pods')).toEqual([]);
    expect(server.resourceVersion).toBe('105');
  });

  it('throws what the server would answer', async () => {
    const server = await aServer();
    const failing = () => server.delete('v1/configmaps', 'x/a');
    expect(failing).toThrow(KubeError);
    expect(failing).toThrow('v1/configmaps: configmaps "a" not found');
    expect(() => server.list('pods')).toThrow(
      '"pods" is not a resource: expected "version/plural" or "group/version/plural"',
    );
    expect(() => server.create('ex.io/v1/widgets', { metadata: { name: 'a' } })).toThrow(
      'ex.io/v1/widgets: the server does not serve this resource: the option "resources" declares one',
    );
    expect(() => server.create('v1/bindings', { metadata: { name: 'a' } })).toThrow('does not serve');
  });

  it('serves the custom resources that are declared, by their kind or by a guess of it', async () => {
    const server = await aServer({
      resources: {
        'ex.io/v1/gadgets': { kind: 'Gizmo', status: false, namespaced: false, shortNames: ['gd'] },
        'ex.io/v1/policies': {},
      },
    });
    expect(() => server.create('ex.io/v1/gadgets', { metadata: { name: 'a' } })).toThrow("Object 'Kind' is missing");
    expect((await send(server, 'GET', '/apis/ex.io/v1')).json).toMatchObject({
      resources: [
        { name: 'gadgets', kind: 'Gizmo', namespaced: false, shortNames: ['gd'] },
        { name: 'policies', kind: 'Policy', namespaced: true },
        { name: 'policies/status', kind: 'Policy', verbs: ['get', 'patch', 'update'] },
      ],
    });
    expect(() => server.create('ex.io/v1/gadgets', { kind: 'Other', metadata: { name: 'b' } })).toThrow(KubeError);
    const created = await send(server, 'POST', '/apis/ex.io/v1/gadgets', {
      kind: 'Gizmo',
      metadata: { name: 'a' },
      status: { on: true },
    });
    expect(created.json).toMatchObject({ status: { on: true } });
  });
  it.each([
    ['v1/widgets', '"v1/widgets" is of a group version that the server has of its own'],
    ['widgets', '"widgets" is not a resource'],
  ])('refuses to serve %s', async (name, message) => {
    await expect(aServer({ resources: { [name]: {} } })).rejects.toThrow(message);
  });
});
