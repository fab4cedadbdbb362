import { describe, expect, it } from 'vitest';
import { keysBy } from 'kuberx';
import { type ConfigMap, virtualCluster } from '../virtual-cluster.ts';

const labelled = (name: string, of: string): ConfigMap =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'default', name, labels: { of } },
  }) as unknown as ConfigMap;

describe('keysBy', () => {
  it('wakes what an object was for and what it is for', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(labelled('a', 'x')));
    const keys: string[] = [];
    keysBy(cluster.informer(), ({ metadata }) => [metadata.labels?.['of'] ?? '']).subscribe(({ key }) =>
      keys.push(key),
    );
    cluster.pass(1000);
    cluster.outcome(cluster.client().update(labelled('a', 'y')));
    expect(keys.sort()).toEqual(['x', 'x', 'y']);
  });

  it('refuses anything but a function', () => {
    expect(() => keysBy(virtualCluster().informer(), 'app' as never)).toThrow(TypeError);
  });
});
