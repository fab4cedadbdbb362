import { describe, expect, it } from 'vitest';
import { controllerFor, type ControllerRun } from 'kuberx';
import { type ConfigMap, virtualCluster } from './virtual-cluster.ts';

describe('a run of a controller', () => {
  it('can be taken apart, and decides on one state', () => {
    const cluster = virtualCluster();
    const runs: ControllerRun<ConfigMap>[] = [];
    const { scheduler } = cluster;
    const controller = controllerFor(cluster.informer(), { scheduler, reconcile: (run) => void runs.push(run) });
    controller.connect();
    cluster.pass(100);
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name: 'a' } };
    cluster.outcome(cluster.client().create(object));
    cluster.outcome(cluster.client().delete({ namespace: 'default', name: 'a' }));
    const [created, deleted] = runs;
    expect(created?.object).toBe(created?.snapshot.getByKey('default/a'));
    expect(created?.object?.metadata.name).toBe('a');
    expect(deleted?.object).toBeUndefined();
    expect(deleted?.reasons).toEqual([{ source: 'v1/configmaps', type: 'deleted' }]);
    expect(created?.signal.aborted).toBe(false);
    expect(created?.moreReasons).toBe(0);
  });
});
