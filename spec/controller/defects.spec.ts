import { filter, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { controllerFor, filterChanged, keysBy, metaNamespaceKey } from 'kuberx';
import type { Report } from 'kuberx/queue';
import { type ConfigMap, virtualCluster, type VirtualCluster } from './virtual-cluster.ts';

const named = (name: string, data: Record<string, string> = {}): ConfigMap =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name }, data }) as unknown as ConfigMap;
const at = (name: string): { namespace: string; name: string } => ({ namespace: 'default', name });

/** What runs saw of the ConfigMaps of a cluster: `a 1`, or `a -` for one that is gone. */
function seenBy(cluster: VirtualCluster): string[] {
  const seen: string[] = [];
  const controller = controllerFor(cluster.informer(), {
    scheduler: cluster.scheduler,
    reconcile: ({ key, object }) => {
      seen.push(`${key} ${object?.data?.['x'] ?? '-'}`);
    },
  });
  controller.connect();
  cluster.pass(1000);
  return seen;
}

// Defects of others, seen in controllers on several platforms, by the letters of the research.
describe('a controller has none of', () => {
  it('runs during a relist that see the state from before it, and none after it', () => {
    const cluster = virtualCluster();
    for (const name of ['kept', 'changed', 'gone']) cluster.outcome(cluster.client().create(named(name, { x: '1' })));
    const seen = seenBy(cluster);
    seen.length = 0;
    // The watch ends, and cannot go on from its version: a list tells what has happened.
    cluster.server.restartCache();
    cluster.server.apply('v1/configmaps', named('changed', { x: '2' }));
    cluster.server.delete('v1/configmaps', 'default/gone');
    cluster.server.create('v1/configmaps', named('made', { x: '1' }));
    cluster.server.compact();
    cluster.pass(60_000);
    expect(seen.sort()).toEqual(['default/changed 2', 'default/gone -', 'default/made 1']);
  });

  it('a subscriber that never wakes again after an object that came and went at once', () => {
    const cluster = virtualCluster();
    const seen = seenBy(cluster);
    cluster.client().create(named('brief')).subscribe();
    cluster.client().delete(at('brief')).subscribe();
    cluster.pass(1000);
    cluster.outcome(cluster.client().create(named('later', { x: '1' })));
    expect(seen.at(-1)).toBe('default/later 1');
    expect(seen.filter((each) => each.startsWith('default/brief')).at(-1) ?? 'default/brief -').toBe('default/brief -');
  });

  it('one failing source that delays the others', () => {
    const cluster = virtualCluster();
    const reports: Report[] = [];
    const controller = controllerFor(cluster.informer(), {
      scheduler: cluster.scheduler,
      wakes: [throwError(() => new Error('boom'))],
      reconcile: () => undefined,
    });
    controller.reports$.subscribe((report) => reports.push(report));
    cluster.pass(10_000);
    const before = cluster.scheduler.now();
    let ranAt = 0;
    controller.reports$.subscribe(() => {
      ranAt = cluster.scheduler.now();
    });
    cluster.client().create(named('a')).subscribe();
    cluster.pass(1000);
    expect(reports).toHaveLength(1);
    expect(ranAt - before).toBeLessThan(100);
  });

  it('a filter of changes that swallows a deletion', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a', { x: '1' })));
    const informer = cluster.informer();
    const keys: string[] = [];
    informer.events$
      .pipe(filterChanged('generation'))
      .subscribe(({ type, object }) => keys.push(`${type} ${metaNamespaceKey(object)}`));
    const wakes: string[] = [];
    keysBy(informer, ({ metadata }) => [metadata.name])
      .pipe(filter(({ reason }) => reason?.type !== 'updated'))
      .subscribe(({ key, reason }) => wakes.push(`${reason?.type} ${key}`));
    cluster.pass(1000);
    cluster.outcome(cluster.client().delete(at('a')));
    expect(keys).toEqual(['added default/a', 'deleted default/a']);
    expect(wakes).toEqual(['added a', 'deleted a']);
  });
});
