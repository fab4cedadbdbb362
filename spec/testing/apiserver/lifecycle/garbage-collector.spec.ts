import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import type { ApiServer } from 'kuberx/testing/apiserver';
import { virtualServer } from './virtual-server.ts';

const maps = 'v1/configmaps';

interface Ownership {
  readonly owners?: readonly KubernetesObject[];
  readonly blocks?: boolean;
  readonly finalizers?: readonly string[];
}

/** Makes a ConfigMap that others own. */
function make(server: ApiServer, name: string, { owners = [], blocks = false, finalizers = [] }: Ownership = {}) {
  const ownerReferences = owners.map(({ metadata }) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: metadata.name,
    uid: metadata.uid!,
    ...(blocks && { blockOwnerDeletion: true }),
  }));
  return server.create(maps, { metadata: { name, namespace: 'x', ownerReferences, finalizers } });
}

const names = (server: ApiServer) => server.list(maps).map(({ metadata }) => metadata.name);

async function remove(server: ApiServer, name: string, propagationPolicy: string): Promise<void> {
  const path = `/api/v1/namespaces/x/configmaps/${name}`;
  const body = JSON.stringify({ propagationPolicy });
  await server.http({ resource: maps, method: 'DELETE', path, headers: {}, body }).forEach(() => undefined);
}

describe('the garbage collector', () => {
  it('deletes what an owner leaves behind, and what that owns', () => {
    const { server, pass } = virtualServer({ garbageCollection: true });
    const a = make(server, 'a');
    const b = make(server, 'b', { owners: [a] });
    make(server, 'c', { owners: [b] });
    make(server, 'other');
    pass();
    expect(names(server)).toEqual(['a', 'b', 'c', 'other']);
    server.delete(maps, 'x/a');
    expect(names(server)).toEqual(['b', 'c', 'other']);
    pass();
    expect(names(server)).toEqual(['other']);
  });

  it('keeps what has another owner, without the reference to the one that is gone', () => {
    const { server, pass } = virtualServer({ garbageCollection: true });
    const [a, b] = [make(server, 'a'), make(server, 'b')];
    make(server, 'c', { owners: [a, b] });
    server.delete(maps, 'x/a');
    pass();
    expect(server.get(maps, 'x/c')).toMatchObject({ metadata: { ownerReferences: [{ name: 'b' }] } });
    server.delete(maps, 'x/b');
    pass();
    expect(names(server)).toEqual([]);
  });

  it('deletes at once what names an owner that is not there', () => {
    const { server, pass } = virtualServer({ garbageCollection: true });
    const a = make(server, 'a');
    server.delete(maps, 'x/a');
    make(server, 'b', { owners: [a] });
    pass();
    expect(names(server)).toEqual([]);
  });

  it('deletes in the foreground: the owner goes last, once what blocks it is gone', async () => {
    const { server, pass } = virtualServer({ garbageCollection: true });
    const a = make(server, 'a');
    const b = make(server, 'b', { owners: [a], blocks: true });
    make(server, 'c', { owners: [b], blocks: true, finalizers: ['x.io/y'] });
    await remove(server, 'a', 'Foreground');
    pass();
    expect(names(server)).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'b', 'c']) expect(server.get(maps, `x/${name}`)?.metadata.deletionTimestamp).toBeDefined();
    server.apply(maps, { ...server.get(maps, 'x/c'), metadata: { name: 'c', namespace: 'x', finalizers: [] } });
    pass();
    expect(names(server)).toEqual([]);
  });

  it('lets the owner go where what it owns does not block it', async () => {
    const { server, pass } = virtualServer({ garbageCollection: true });
    const a = make(server, 'a');
    make(server, 'b', { owners: [a], finalizers: ['x.io/y'] });
    await remove(server, 'a', 'Foreground');
    pass();
    expect(names(server)).toEqual(['b']);
    expect(server.get(maps, 'x/b')?.metadata.deletionTimestamp).toBeDefined();
  });

  it('deletes objects in the foreground that own one another', async () => {
    const { server, pass } = virtualServer({ garbageCollection: true });
    const a = make(server, 'a');
    const b = make(server, 'b', { owners: [a], blocks: true });
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'b', uid: b.metadata.uid, blockOwnerDeletion: true };
    server.apply(maps, { ...a, metadata: { ...a.metadata, ownerReferences: [reference] } });
    await remove(server, 'a', 'Foreground');
    pass();
    expect(names(server)).toEqual([]);
  });

  it('looks at all of a reference, and leaves alone what it cannot know', () => {
    const { server, pass } = virtualServer({ garbageCollection: true });
    const { metadata } = make(server, 'a');
    const owned = (name: string, more: object, at: object = { namespace: 'x' }) => {
      const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: metadata.uid, ...more };
      return { metadata: { name, ...at, ownerReferences: [reference] } };
    };
    server.create(maps, owned('wrong-name', { name: 'other' }));
    server.create(maps, owned('wrong-kind', { kind: 'Secret' }));
    server.create(maps, owned('wrong-uid', { uid: 'other' }));
    server.create(maps, owned('unknown-kind', { apiVersion: 'example.io/v1', kind: 'Unknown' }));
    server.create(maps, owned('right', {}));
    server.create('v1/nodes', owned('of-the-cluster', {}, {}));
    pass();
    expect(names(server)).toEqual(['a', 'right', 'unknown-kind']);
    expect(server.list('v1/nodes')).toHaveLength(1);
  });

  it('goes on where it may not delete, or change, an object', () => {
    const { server, pass } = virtualServer({ garbageCollection: true, namespaces: true });
    const { metadata: system } = server.get('v1/namespaces', 'default')!;
    const reference = { apiVersion: 'v1', kind: 'Node', name: 'none', uid: 'none' };
    server.apply('v1/namespaces', { metadata: { ...system, ownerReferences: [reference] } });
    const owned = { metadata: { name: 'a', namespace: 'default', ownerReferences: [reference] } };
    server.create(maps, owned);
    expect(pass).not.toThrow();
    expect(server.get('v1/namespaces', 'default')).toBeDefined();
    expect(names(server)).toEqual([]);
  });

  it('orphans', async () => {
    const { server, pass } = virtualServer({ garbageCollection: true });
    const a = make(server, 'a');
    make(server, 'b', { owners: [a] });
    await remove(server, 'a', 'Orphan');
    pass();
    expect(names(server)).toEqual(['b']);
    expect(server.get(maps, 'x/b')?.metadata.ownerReferences).toBeUndefined();
  });

  it('is off unless it is asked for', () => {
    const { server, pass } = virtualServer({});
    make(server, 'b', { owners: [make(server, 'a')] });
    server.delete(maps, 'x/a');
    pass();
    expect(names(server)).toEqual(['b']);
  });
});
