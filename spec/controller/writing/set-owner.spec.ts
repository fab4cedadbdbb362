import { describe, expect, it } from 'vitest';
import { type KubernetesObject, setOwner, WriteError } from 'kuberx';
import { configMaps, virtualCluster } from '../virtual-cluster.ts';
import { writerOf } from 'kuberx';

const owner: KubernetesObject = {
  apiVersion: 'example.com/v1',
  kind: 'App',
  metadata: { namespace: 'default', name: 'web', uid: 'u1' },
};
const clusterOwner: KubernetesObject = { ...owner, kind: 'Tenant', metadata: { name: 'all', uid: 'u2' } };
type Owners = KubernetesObject['metadata']['ownerReferences'];
const child = (metadata: { namespace?: string; ownerReferences?: Owners } = { namespace: 'default' }) => ({
  kind: 'ConfigMap',
  metadata: { name: 'child', ...metadata } as { name: string; namespace?: string; ownerReferences?: never[] },
});
const reference = { apiVersion: 'example.com/v1', kind: 'App', name: 'web', uid: 'u1' };

describe('setOwner', () => {
  it('makes the owner the controller, and returns the object', () => {
    const object = child();
    expect(setOwner(object, owner)).toBe(object);
    expect(object.metadata.ownerReferences).toEqual([{ ...reference, controller: true, blockOwnerDeletion: true }]);
  });

  it('adds an owner that controls nothing beside the controller', () => {
    const object = setOwner(child(), owner);
    setOwner(object, clusterOwner, { controller: false, blockOwnerDeletion: false });
    expect(object.metadata.ownerReferences).toMatchObject([
      { uid: 'u1', controller: true },
      { kind: 'Tenant', name: 'all', uid: 'u2' },
    ]);
    expect(object.metadata.ownerReferences?.[1]).not.toHaveProperty('controller');
  });

  it('brings a reference to the same owner up to date, and keeps others', () => {
    const other = { ...reference, uid: 'u9', kind: 'Else' };
    const object = child({
      namespace: 'default',
      ownerReferences: [other, { ...reference, apiVersion: 'example.com/v0' }],
    });
    setOwner(object, owner);
    expect(object.metadata.ownerReferences).toMatchObject([other, { ...reference, controller: true }]);
  });

  it('lets an owner without a namespace own anything', () => {
    expect(() => setOwner(child(), clusterOwner)).not.toThrow();
    expect(() => setOwner(child({}), clusterOwner)).not.toThrow();
  });

  it.each<[string, object, KubernetesObject]>([
    ['OwnerInOtherNamespace', child({ namespace: 'other' }), owner],
    ['OwnerInNamespace', child({}), owner],
    ['OwnerWithoutKind', child(), { ...owner, apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata' }],
    ['OwnerWithoutUid', child(), { ...owner, metadata: { namespace: 'default', name: 'web' } }],
    [
      'AlreadyOwned',
      child({ namespace: 'default', ownerReferences: [{ ...reference, uid: 'u9', controller: true }] }),
      owner,
    ],
    ['ReadOnly', { metadata: Object.freeze({ namespace: 'default', name: 'child' }) }, owner],
  ])('refuses with %s', (reason, object, by) => {
    const before = JSON.stringify(object);
    expect(() => setOwner(object as never, by)).toThrow(WriteError);
    expect(() => setOwner(object as never, by)).toThrow(expect.objectContaining({ reason }));
    expect(JSON.stringify(object)).toBe(before);
  });

  it('works in an intent, and in a recipe', () => {
    const cluster = virtualCluster();
    const writer = writerOf(cluster.client(), { ...cluster, fieldManager: 'spec' });
    const made = cluster.server.create(configMaps, { metadata: { namespace: 'default', name: 'owner' } });
    const metadata = { namespace: 'default', name: 'owned' };
    const owned = cluster.outcome(writer.apply(setOwner({ apiVersion: 'v1', kind: 'ConfigMap', metadata }, made)));
    expect(owned.metadata.ownerReferences).toMatchObject([{ uid: made.metadata.uid }]);
    const again = cluster.outcome(writer.edit(owned, (draft) => void setOwner(draft, made)));
    expect(again).toBe(owned);
  });
});
