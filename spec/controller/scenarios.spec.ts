import { EMPTY, map, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { controllerFor, type ControllerRun, type KubernetesObject, setOwner } from 'kuberx';
import type { Report } from '#src/workqueue/report.ts';
import { lateInformer } from './late-informer.ts';
import { type ConfigMap, configMaps, virtualCluster } from './virtual-cluster.ts';

const secrets = 'v1/secrets';
const owner = { namespace: 'default', name: 'owner' };

/** A controller that makes one Secret, under a name of the server, for each ConfigMap that has none. */
function setting(latency = 0) {
  const cluster = virtualCluster({ latency });
  const { server } = cluster;
  const main = cluster.informer();
  const late = lateInformer<KubernetesObject>(cluster, { resource: secrets });
  const client = cluster.client<KubernetesObject>(secrets);
  const reports: Report[] = [];

  function reconcile({ object, lister, writer }: ControllerRun<ConfigMap>): Observable<void> {
    if (object === undefined) return EMPTY;
    const owned = lister(late.informer)
      .list()
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid));
    if (owned.length > 0) return EMPTY;
    const metadata = { namespace: 'default', generateName: 'child-' };
    const child = setOwner({ apiVersion: 'v1', kind: 'Secret', metadata }, object);
    return writer(client)
      .create(child as never)
      .pipe(map(() => undefined));
  }

  const controller = controllerFor(main, {
    reconcile,
    owns: [late.informer],
    scheduler: cluster.scheduler,
    random: cluster.random,
  });
  const connected = controller.reports$.subscribe((report) => reports.push(report));
  const edit = (data: object): void => void server.apply(configMaps, { metadata: owner, data });
  return { cluster, server, late, reports, edit, controller, connected, children: () => server.list(secrets) };
}

describe('a controller over late caches', () => {
  it('makes one child under a generated name, though its watch is 3 s late and its owner is edited 50 times', () => {
    const { cluster, late, edit, children, reports } = setting(200);
    cluster.pass(2000);
    late.hold();
    edit({ round: '0' });
    for (let round = 1; round <= 50; round++) {
      cluster.pass(60);
      edit({ round: String(round) });
    }
    expect(children()).toHaveLength(1);
    late.release();
    cluster.pass(10_000);
    expect(children()).toHaveLength(1);
    expect(reports.filter(({ type }) => type === 'failed')).toEqual([]);
  });

  it('makes a child anew that another deleted while the watch was broken, woken though no event tells of it', () => {
    const { cluster, server, late, edit, children, reports } = setting();
    cluster.pass(2000);
    late.hold();
    edit({});
    cluster.pass(100);
    const [first] = children();
    server.delete(secrets, `default/${first!.metadata.name}`);
    server.compact();
    reports.length = 0;
    late.cut();
    cluster.pass(30_000);
    const made = children();
    expect(made).toHaveLength(1);
    expect(made[0]!.metadata.uid).not.toBe(first!.metadata.uid);
    expect(late.informer.store.snapshot$.value.list()).toHaveLength(1);
    // One run for what has vanished, and one for the child that came.
    expect(reports.map(({ type }) => type)).toEqual(['done', 'done']);
  });

  it('holds a key back while it is behind, and says so when it runs all the same', () => {
    const { cluster, late, edit, reports, controller } = setting();
    cluster.pass(2000);
    late.hold();
    edit({});
    cluster.pass(100);
    reports.length = 0;
    edit({ more: 'work' });
    cluster.pass(4000);
    expect(reports).toEqual([]);
    expect(controller.explain('default/owner').state).toBe('held');
    cluster.pass(1500);
    expect(reports.map(({ type }) => type)).toEqual(['behind', 'done']);
  });

  it('leaves no timer behind when it is disconnected with writes that no watch has brought', () => {
    const { cluster, late, edit, children, connected } = setting();
    cluster.pass(2000);
    late.hold();
    edit({});
    cluster.pass(100);
    expect(children()).toHaveLength(1);
    connected.unsubscribe();
    late.held.unsubscribe();
    cluster.pass(30_000);
    expect(cluster.scheduler.actions).toEqual([]);
  });
});
