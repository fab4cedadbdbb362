import { describe, expect, it } from 'vitest';
import { ownerKind } from '#src/controller/sources/owner-kind.ts';
import type { KubernetesObject } from 'kuberx';
import { virtualCluster } from '../virtual-cluster.ts';

describe('ownerKind', () => {
  it('is that of the first object, and unknown before there is one', () => {
    const cluster = virtualCluster();
    const informer = cluster.informer();
    const kind = ownerKind(informer);
    informer.connect();
    cluster.pass(100);
    expect(kind()).toBeUndefined();
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name: 'a' } };
    cluster.outcome(cluster.client().create(object));
    expect(kind()).toEqual({ group: '', kind: 'ConfigMap', clusterScoped: false });
    cluster.outcome(cluster.client().delete({ namespace: 'default', name: 'a' }));
    expect(kind()).toEqual({ group: '', kind: 'ConfigMap', clusterScoped: false });
  });

  it('knows a cluster-scoped owner by its objects, also where the kind is given', () => {
    const cluster = virtualCluster();
    const informer = cluster.informer<KubernetesObject>('v1/nodes');
    const kind = ownerKind(informer, 'Node');
    informer.connect();
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } };
    cluster.outcome(cluster.client<KubernetesObject>('v1/nodes').create(node));
    expect(kind()).toEqual({ group: '', kind: 'Node', clusterScoped: true });
  });

  it('refuses an invalid kind', () => {
    expect(() => ownerKind(virtualCluster().informer(), 'a/b/c')).toThrow(TypeError);
  });
});
