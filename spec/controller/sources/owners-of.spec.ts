import { describe, expect, it } from 'vitest';
import { ownersOf } from 'kuberx';
import { groupOf, ownerKeys } from '#src/controller/sources/owners-of.ts';
import { type ConfigMap, virtualCluster } from '../virtual-cluster.ts';

const owned = (name: string, owner: string, rest: object = {}): ConfigMap =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      namespace: 'default',
      name,
      ownerReferences: [
        { apiVersion: 'example.com/v1', kind: 'App', name: owner, uid: `uid of ${owner}`, controller: true, ...rest },
      ],
    },
  }) as unknown as ConfigMap;

describe('ownersOf', () => {
  it('wakes the owner before and the owner after a change, also of an object that is deleted', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(owned('child', 'a')));
    const keys: string[] = [];
    ownersOf(cluster.informer(), 'example.com/App').subscribe(({ key, reason }) => keys.push(`${reason?.type} ${key}`));
    cluster.pass(1000);
    cluster.outcome(cluster.client().update(owned('child', 'b')));
    cluster.outcome(cluster.client().delete({ namespace: 'default', name: 'child' }));
    expect(keys).toEqual(['added default/a', 'updated default/b', 'updated default/a', 'deleted default/b']);
  });

  it.each(['', 'a/b/c', 'example.com/', '/', 5])('refuses %j for a kind', (kind) => {
    expect(() => ownersOf(virtualCluster().informer(), kind as string)).toThrow(TypeError);
  });
});

describe('ownerKeys', () => {
  it('tells owners by group and kind, whatever their version', () => {
    const child = owned('child', 'a', { apiVersion: 'example.com/v1beta7' });
    expect(ownerKeys(child, 'example.com', 'App')).toEqual(['default/a']);
    expect(ownerKeys(child, 'example.org', 'App')).toEqual([]);
    expect(ownerKeys(child, 'example.com', 'Job')).toEqual([]);
    expect(ownerKeys(owned('child', 'a', { apiVersion: 'v1' }), '', 'App')).toEqual(['default/a']);
  });

  it('takes the controlling owner alone, unless it is asked for all', () => {
    const child = owned('child', 'a', { controller: undefined });
    expect(ownerKeys(child, 'example.com', 'App')).toEqual([]);
    expect(ownerKeys(child, 'example.com', 'App', { all: true })).toEqual(['default/a']);
  });

  it('gives the keys of cluster-scoped owners no namespace', () => {
    expect(ownerKeys(owned('child', 'a'), 'example.com', 'App', { clusterScoped: true })).toEqual(['a']);
  });
});

describe('groupOf', () => {
  it('returns the group of an apiVersion', () => {
    expect(['v1', 'apps/v1', 'example.com/v1'].map(groupOf)).toEqual(['', 'apps', 'example.com']);
  });
});
