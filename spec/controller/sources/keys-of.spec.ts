import { describe, expect, it } from 'vitest';
import { keysOf } from 'kuberx';
import { virtualCluster } from '../virtual-cluster.ts';

describe('keysOf', () => {
  it('wakes the key of each event, a deletion included', () => {
    const cluster = virtualCluster();
    const keys: string[] = [];
    keysOf(cluster.informer()).subscribe(({ key, reason }) => keys.push(`${reason?.type} ${key}`));
    cluster.pass(100);
    cluster.outcome(
      cluster.client().create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name: 'a' } }),
    );
    cluster.outcome(cluster.client().delete({ namespace: 'default', name: 'a' }));
    expect(keys).toEqual(['added default/a', 'deleted default/a']);
  });
});
