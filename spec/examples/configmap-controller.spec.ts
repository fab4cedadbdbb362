import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiServer, type ApiServer, type Failure } from 'kuberx/testing/apiserver';
import { eventually } from '../eventually.ts';
import { type ConfigMap, faultsOf } from './digests.ts';
import { ExampleProcess } from './example-process.ts';

const resource = 'v1/configmaps';
const verbs = ['create', 'patch', 'delete'] as const;

let server: ApiServer;
let controller: ExampleProcess;
let round = 0;

beforeAll(async () => {
  server = await apiServer();
  for (const name of ['a', 'b', 'c']) apply(name, { key: name });
  apply('plain', { key: 'plain' }, {});
  controller = new ExampleProcess('configmap-controller', server.writeKubeconfig());
  await converged();
});

afterAll(async () => {
  await controller[Symbol.asyncDispose]();
  await server.stop();
});

const configMaps = (): readonly ConfigMap[] => server.list(resource) as readonly ConfigMap[];
const get = (name: string): ConfigMap | undefined => server.get(resource, `default/${name}`) as ConfigMap | undefined;
const remove = (name: string): void => server.delete(resource, `default/${name}`);
const digestOf = (name: string): string | undefined => get(`${name}.sha256`)?.data?.['sha256'];
const converged = (): Promise<void> => eventually(() => expect(faultsOf(configMaps())).toEqual([]));

function apply(name: string, data: object, labels: object = { digest: 'wanted' }): void {
  const current = get(name);
  const metadata = { ...current?.metadata, namespace: 'default', name, labels };
  server.apply(resource, { ...current, metadata, data });
}

/** Some of everything: ConfigMaps come, change, go and are replaced, digests are edited and deleted. */
function change(): void {
  round++;
  apply('a', { round: String(round) });
  apply('b', { round: String(round) }, round % 2 === 0 ? { digest: 'wanted' } : {});
  if (get('c')) remove('c');
  apply('c', { round: String(round) });
  apply(`new-${round}`, { round: String(round) });
  if (get(`new-${round - 1}`)) remove(`new-${round - 1}`);
  if (get(`new-${round - 2}.sha256`)) remove(`new-${round - 2}.sha256`);
  if (get('a.sha256')) apply('a.sha256', { sha256: 'edited' }, {});
}

describe('configmap-controller', () => {
  it('writes each digest once, and nothing else', () => {
    const written = server.requests.filter(({ verb }) => verbs.some((write) => write === verb));
    expect(written.map(({ verb }) => verb)).toEqual(['create', 'create', 'create']);
    expect(configMaps().map(({ metadata }) => metadata.name)).toEqual([
      ...['a', 'a.sha256', 'b', 'b.sha256', 'c', 'c.sha256', 'plain'],
    ]);
    expect(get('a.sha256')?.metadata.ownerReferences).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: get('a')?.metadata.uid, controller: true },
    ]);
  });

  it('follows the data, whatever the order of its keys', async () => {
    apply('ordered', { x: '1', y: '2' });
    apply('reordered', { y: '2', x: '1' });
    await converged();
    const before = digestOf('ordered');
    expect(digestOf('reordered')).toBe(before);
    apply('ordered', { x: '1', y: '3' });
    await converged();
    expect(digestOf('ordered')).not.toBe(before);
  });

  it('mends a digest that is edited, orphaned or deleted', async () => {
    apply('mended', { key: 'mended' });
    await converged();
    const digest = get('mended.sha256')!;
    server.apply(resource, { ...digest, data: { sha256: 'edited', more: 'data' } });
    await eventually(() => expect(get('mended.sha256')?.data).toEqual(digest.data));
    server.apply(resource, { ...digest, metadata: { ...digest.metadata, ownerReferences: [] } });
    await converged();
    remove('mended.sha256');
    await converged();
    expect(get('mended.sha256')?.metadata.uid).not.toBe(digest.metadata.uid);
  });

  it('deletes the digest of what is deleted, and of what is not labelled any more', async () => {
    apply('deleted', {});
    apply('unlabelled', {});
    await converged();
    remove('deleted');
    apply('unlabelled', {}, {});
    await converged();
    expect([get('deleted.sha256'), get('unlabelled.sha256')]).toEqual([undefined, undefined]);
  });

  it('leaves alone what another controller has under the name', async () => {
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'taken', uid: 'of another', controller: true };
    const metadata = { namespace: 'default', name: 'taken.sha256', ownerReferences: [owner] };
    const taken = server.create(resource, { metadata, data: {} });
    apply('taken', {});
    apply('after', {});
    await controller.printed('default/after: created');
    remove('taken');
    apply('last', {});
    await controller.printed('default/last: created');
    expect(get('taken.sha256')).toEqual(taken);
  });

  it('does not overwrite what it has not seen', async () => {
    apply('contended', {});
    await converged();
    let rivals = 2;
    const before = server.requests.length;
    const stop = server.intercept(({ verb, name }) => {
      if (verb === 'patch' && name === 'contended.sha256' && rivals-- > 0) apply(name, { sha256: `rival ${rivals}` });
      return undefined;
    });
    apply('contended', { key: 'changed' });
    await converged();
    stop();
    const sent = server.requests.slice(before).filter(({ name }) => name === 'contended.sha256');
    expect(sent.map(({ verb }) => verb)).toEqual(['patch', 'get', 'patch', 'get', 'patch']);
  });

  it('does not take a digest from another controller that was faster', async () => {
    apply('contested', {});
    await converged();
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'taker', uid: 'of another', controller: true };
    const stop = server.intercept(({ verb, name }) => {
      if (verb !== 'patch' || name !== 'contested.sha256') return undefined;
      stop();
      const digest = get(name)!;
      server.apply(resource, { ...digest, metadata: { ...digest.metadata, ownerReferences: [owner] } });
      return undefined;
    });
    const before = controller.output.length;
    apply('contested', { key: 'changed' });
    await controller.printed('Deployment taker controls it already', before);
    expect(get('contested.sha256')?.metadata.ownerReferences).toEqual([owner]);
    remove('contested');
    remove('contested.sha256');
  });

  it.each<[string, Failure]>([
    ['errors', { code: 500, times: 6, verbs }],
    ['broken connections', { code: 'reset', times: 6, verbs }],
    ['an overloaded server', { code: 429, times: 3, verbs }],
  ])('converges through %s', async (_, failure) => {
    const before = controller.output.length;
    server.failNext(failure);
    change();
    change();
    await converged();
    await controller.printed(/again in \d+ ms/, before);
    server.clearFailures();
  });

  it.each<[string, () => void | Promise<void>]>([
    ['watches that are cut', () => void server.endStreams({ how: 'reset' })],
    ['a server that has lost its history', () => server.restartCache()],
    ['a server that is killed', () => server.stop({ how: 'reset' })],
  ])('converges after %s', async (_, strike) => {
    change();
    await strike();
    change();
    await server.start();
    change();
    await converged();
  });
});
