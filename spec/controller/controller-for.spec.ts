import { concat, defer, EMPTY, forkJoin, ignoreElements, map, of, Subject, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { controllerFor, type ControllerOptions, installCrd, keysBy, type KubernetesObject } from 'kuberx';
import type { Report, Wake } from 'kuberx/queue';
import { type ConfigMap, virtualCluster, type VirtualCluster } from './virtual-cluster.ts';

const named = (name: string, data: Record<string, string> = {}, rest: object = {}): ConfigMap =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'default', name, ...rest },
    data,
  }) as unknown as ConfigMap;
const at = (name: string) => ({ namespace: 'default', name });
const definitions = 'apiextensions.k8s.io/v1/customresourcedefinitions';
const widgetCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};
const widget = (name: string) => ({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: at(name) });
const spec = { fieldManager: 'spec' };
const inWords = ({ key, type }: Report): string => `${key} ${type}`;

/** A controller over the ConfigMaps of a virtual cluster, connected. */
function controlled(cluster: VirtualCluster, options: ControllerOptions<ConfigMap>) {
  const informer = cluster.informer();
  const { scheduler } = cluster;
  const controller = controllerFor(informer, { scheduler, random: () => 0, ...options });
  const reports: Report[] = [];
  controller.reports$.subscribe((report) => reports.push(report));
  return { controller, informer, reports, types: () => reports.map(inWords) };
}

describe('controllerFor', () => {
  it('runs the key of each object that changes, and of one that goes', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const seen: string[] = [];
    const { reports } = controlled(cluster, {
      reconcile: ({ key, object }) => {
        seen.push(`${key} ${object?.data?.['x'] ?? '-'}`);
      },
    });
    cluster.pass(1000);
    cluster.outcome(cluster.client().create(named('b', { x: '1' })));
    cluster.outcome(cluster.client().delete(at('b')));
    expect(seen).toEqual(['default/a -', 'default/b 1', 'default/b -']);
    expect(reports[1]?.reasons).toEqual([{ source: 'v1/configmaps', type: 'added' }]);
  });

  it('runs the owner of an object that is owned, the one before a change as well', () => {
    const cluster = virtualCluster();
    const ownerOf = (name: string): ConfigMap => cluster.outcome(cluster.client().create(named(name)));
    const a = ownerOf('a');
    const b = ownerOf('b');
    const child = (owner: ConfigMap): object => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        ...at('child'),
        ownerReferences: [
          { apiVersion: 'v1', kind: 'ConfigMap', name: owner.metadata.name, uid: owner.metadata.uid, controller: true },
        ],
      },
    });
    const secrets = cluster.informer<KubernetesObject>('v1/secrets');
    const { types } = controlled(cluster, { reconcile: () => undefined, owns: [secrets] });
    cluster.pass(1000);
    const before = types().length;
    const client = cluster.client<KubernetesObject>('v1/secrets');
    cluster.outcome(client.create(child(a) as never));
    cluster.outcome(client.update(child(b) as never));
    cluster.outcome(client.delete(at('child')));
    const order = types().slice(before);
    expect(order).toEqual(['default/a done', 'default/b done', 'default/a done', 'default/b done']);
  });

  it('waits with its first run until every source has synced and its first keys are in', () => {
    const cluster = virtualCluster();
    for (const name of ['a', 'b', 'c']) cluster.outcome(cluster.client().create(named(name)));
    const begun: string[] = [];
    const widgets = cluster.informer<KubernetesObject>('example.com/v1/widgets');
    const { controller } = controlled(cluster, {
      reconcile: ({ key }) => {
        begun.push(key);
      },
      wakes: [keysBy(widgets, ({ metadata }) => [metadata.name])],
    });
    cluster.pass(20_000);
    expect(begun).toEqual([]);
    expect(controller.status$.value).toMatchObject({ hasSynced: false, ready: 3 });
    expect(controller.status$.value.sources[1]).toMatchObject({
      name: 'example.com/v1/widgets',
      state: 'waiting',
      failure: { reason: 'NotFound' },
    });
    expect(controller.explain('default/a')).toMatchObject({
      state: 'held',
      text: 'default/a does not run before example.com/v1/widgets (NotFound) has synced',
    });
    cluster.outcome(cluster.client<KubernetesObject>(definitions).create(widgetCrd as never));
    cluster.pass(60_000);
    expect(begun.sort()).toEqual(['default/a', 'default/b', 'default/c']);
    expect(controller.status$.value).toMatchObject({ hasSynced: true, ready: 0 });
  });

  it('does not wait for an optional source, shows it, and takes its events when it is there', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const widgets = cluster.informer<KubernetesObject>('example.com/v1/widgets');
    const { controller, types } = controlled(cluster, {
      reconcile: () => undefined,
      wakes: [keysBy(widgets, ({ metadata }) => [metadata.name])],
      optional: [widgets],
    });
    cluster.pass(1000);
    expect(types()).toEqual(['default/a done']);
    expect(controller.status$.value).toMatchObject({ hasSynced: true });
    expect(controller.status$.value.sources).toMatchObject([
      { name: 'v1/configmaps', isRequired: true },
      { name: 'example.com/v1/widgets', state: 'waiting', isRequired: false, failure: { reason: 'NotFound' } },
    ]);
    cluster.outcome(installCrd(cluster.client<KubernetesObject>(definitions), widgetCrd, { ...spec, ...cluster }));
    cluster.pass(60_000);
    cluster.outcome(cluster.client('example.com/v1/widgets').create(widget('b')));
    expect(types()).toEqual(['default/a done', 'b done']);
  });

  it('waits after a restart until a watch has told what happened meanwhile', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a', { x: '1' })));
    const seen: (string | undefined)[] = [];
    const controller = controllerFor(cluster.informer(), {
      scheduler: cluster.scheduler,
      reconcile: ({ object }) => {
        seen.push(object?.data?.['x']);
      },
    });
    const held = controller.connect();
    cluster.pass(1000);
    held.unsubscribe();
    cluster.outcome(cluster.client().update(named('a', { x: '2' })), 10_000);
    cluster.server.failNext({ code: 503, times: 4 });
    controller.connect();
    cluster.pass(500);
    expect(controller.status$.value.hasSynced).toBe(false);
    expect(controller.explain('default/a').text).toMatch(/does not run before v1\/configmaps/);
    cluster.pass(60_000);
    expect(controller.status$.value.hasSynced).toBe(true);
    expect(seen).toEqual(['1', '2']);
  });

  it('says of a wake that an own write caused it, and nothing else', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const client = cluster.client();
    const informer = cluster.informer();
    const { scheduler } = cluster;
    const reports: Report[] = [];
    const controller = controllerFor(informer, {
      scheduler,
      wakes: [keysBy(informer, ({ metadata }) => [`other/${metadata.name}`])],
      reconcile: ({ object, writer }) =>
        object && writer(client).edit(object, (draft) => void (draft.data = { x: '1' })),
    });
    controller.reports$.subscribe((report) => reports.push(report));
    cluster.pass(5000);
    const reasons = reports.map(({ key, reasons: [reason] }) => [key, reason?.type, reason?.ownWrite]);
    expect(reasons).toEqual([
      ['default/a', 'added', undefined],
      ['other/a', 'added', undefined],
      ['default/a', 'updated', true],
      ['other/a', 'updated', true],
    ]);
    cluster.outcome(client.update(named('a', { x: '1', y: '2' })));
    expect(reports[4]?.reasons).toEqual([{ source: 'v1/configmaps', type: 'updated' }]);
  });

  it('tells of a run that blocks the event loop', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const { controller } = controlled(cluster, {
      reconcile: () => {
        cluster.scheduler.frame += 12_000;
      },
    });
    cluster.pass(100);
    expect(controller.status$.value).toMatchObject({ loopDelay: 12_000, blockedBy: 'default/a' });
    expect(controller.explain('default/b').text).toMatch(/blocked for 12 s by the run of default\/a/);
  });

  it('shows a source that errors, subscribes to it again with its own delays, and lets the others flow', () => {
    const cluster = virtualCluster();
    const subscribed: number[] = [];
    const failing$ = defer(() => {
      subscribed.push(cluster.scheduler.now());
      return throwError(() => new Error('boom'));
    });
    const others$ = new Subject<Wake>();
    const wakes = [failing$, others$];
    const { controller, types } = controlled(cluster, { reconcile: () => undefined, wakes });
    cluster.pass(10_000);
    others$.next({ key: 'x' });
    expect(types()).toEqual(['x done']);
    const gaps = subscribed.slice(1).map((time, index) => time - subscribed[index]!);
    expect(gaps.slice(0, 4)).toEqual([800, 1600, 3200]);
    expect(controller.status$.value.sources).toMatchObject([
      { name: 'v1/configmaps', state: 'flowing' },
      { name: 'wakes 1', state: 'failing', failure: { message: 'boom' } },
      { name: 'wakes 2', state: 'flowing' },
    ]);
  });

  it('reads what it has written, in the same run, and has a snapshot that never moves', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const seen: unknown[] = [];
    const client = cluster.client();
    const informer = cluster.informer();
    const { scheduler } = cluster;
    const controller = controllerFor(informer, {
      scheduler,
      reconcile: ({ object, snapshot, lister, writer }) => {
        if (object?.data?.['x'] !== undefined || object === undefined) return undefined;
        const write$ = writer(client).edit(object, (draft) => {
          draft.data = { x: '1' };
        });
        return write$.pipe(
          map(() => {
            seen.push([snapshot.getByKey('default/a')?.data, lister(informer).get('default/a').data]);
          }),
        );
      },
    });
    controller.connect();
    cluster.pass(1000);
    expect(seen).toEqual([[undefined, { x: '1' }]]);
  });

  it('takes the answer to a write for a run that asks for nothing', () => {
    const cluster = virtualCluster();
    for (const name of ['edited', 'many', 'deleted', 'wrong']) cluster.outcome(cluster.client().create(named(name)));
    const client = cluster.client();
    const data = (draft: { data?: unknown }): void => void (draft.data = { x: '1' });
    const { types, reports } = controlled(cluster, {
      reconcile: ({ object, writer }) => {
        if (object === undefined || object.data?.['x'] === '1') return undefined;
        switch (object.metadata.name) {
          case 'edited':
            return writer(client).edit(object, data);
          case 'many':
            return forkJoin([writer(client).edit(object, data), writer(client).get(object.metadata)]);
          case 'deleted':
            return writer(client).delete(object.metadata);
          default:
            return of({ requeueAfter: 5, again: true });
        }
      },
    });
    cluster.pass(100);
    const first = new Map(reports.map(({ key, type }) => [key, type] as const).reverse());
    expect(Object.fromEntries(first)).toMatchObject({
      'default/edited': 'done',
      'default/many': 'done',
      'default/deleted': 'done',
      'default/wrong': 'failed',
    });
    expect(types()).not.toContain('default/edited failed');
  });

  it('retries a conflict soon, without a failure', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const client = cluster.client();
    let left = 1;
    const { types } = controlled(cluster, {
      reconcile: ({ object, writer }) => {
        if (left-- <= 0) return undefined;
        return writer(client)
          .update({ ...object!, metadata: { ...object!.metadata, resourceVersion: '1' } })
          .pipe(ignoreElements());
      },
    });
    cluster.pass(1000);
    expect(types()).toEqual(['default/a conflict', 'default/a done']);
  });

  it('is one controller for all subscribers, stops with the last, and starts again', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    let runs = 0;
    const informer = cluster.informer();
    const controller = controllerFor(informer, {
      scheduler: cluster.scheduler,
      reconcile: () => {
        runs++;
      },
    });
    const first = controller.connect();
    const second = controller.reports$.subscribe();
    cluster.pass(1000);
    expect(runs).toBe(1);
    first.unsubscribe();
    expect(controller.status$.value.isConnected).toBe(true);
    second.unsubscribe();
    cluster.pass(1000);
    expect(controller.status$.value).toMatchObject({ isConnected: false, hasSynced: false });
    expect(informer.status$.value.phase).toBe('stopped');
    expect(controller.explain('default/a').text).toMatch(/not connected/);
    controller.connect({ signal: AbortSignal.abort() });
    controller.connect();
    cluster.pass(5000);
    expect(runs).toBe(2);
  });

  it('lets runs end when it is drained, and stops', async () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const gate$ = new Subject<undefined>();
    const { controller, informer, types } = controlled(cluster, { reconcile: () => gate$ });
    cluster.pass(1000);
    const drained = controller.drain({ deadline: 10_000 });
    cluster.outcome(cluster.client().create(named('b')), 100);
    gate$.complete();
    expect(await drained).toEqual({ running: [] });
    expect(types()).toEqual(['default/a done']);
    expect(controller.status$.value.isConnected).toBe(false);
    cluster.pass(1000);
    expect(informer.status$.value.phase).toBe('stopped');
  });

  it('stands by where it is told to, with everything ready', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const isLeading$ = new Subject<boolean>();
    const { controller, types } = controlled(cluster, {
      reconcile: () => undefined,
      opened$: concat(of(false), isLeading$),
    });
    cluster.pass(1000);
    expect(controller.status$.value).toMatchObject({ hasSynced: true, isOpen: false, ready: 1 });
    isLeading$.next(true);
    expect(types()).toEqual(['default/a done']);
  });

  it('forgets the failures of an object that was deleted and created anew', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const { reports } = controlled(cluster, {
      reconcile: ({ object }) => {
        if (object) throw new Error('boom');
      },
    });
    cluster.pass(100);
    expect(reports.at(-1)?.attempt).toBeGreaterThan(3);
    cluster.outcome(cluster.client().delete(at('a')), 0);
    cluster.outcome(cluster.client().create(named('a')), 0);
    const fresh = reports.findIndex(({ type }) => type === 'done');
    cluster.pass(100);
    expect(reports[fresh + 1]).toMatchObject({ type: 'failed', attempt: 1 });
  });

  it('refuses what is not a controller', () => {
    const informer = virtualCluster().informer();
    const reconcile = (): void => undefined;
    expect(() => controllerFor(informer, {} as never)).toThrow(TypeError);
    expect(() => controllerFor(undefined as never, { reconcile })).toThrow(TypeError);
    expect(() => controllerFor(informer, { reconcile, owns: [{} as never] })).toThrow(TypeError);
    expect(() => controllerFor(informer, { reconcile, wakes: ['a' as never] })).toThrow(TypeError);
    expect(() => controllerFor(informer, { reconcile, owns: informer as never })).toThrow(/`owns` takes an array/);
    expect(() => controllerFor(informer, { reconcile, wakes: EMPTY as never })).toThrow(/`wakes` takes an array/);
    expect(() => controllerFor(informer, { reconcile, optional: [informer] })).toThrow(/`optional` has an informer/);
    expect(() => controllerFor(informer, undefined as never)).toThrow(/reconcile is of type undefined/);
    expect(() => controllerFor(informer, { reconcile, kind: 'a/b/c' })).toThrow(TypeError);
    expect(() => controllerFor(informer, { reconcile, concurrency: 0 })).toThrow(RangeError);
    const ofMetadata = Object.create(informer, { metadataOnly: { value: true } }) as typeof informer;
    expect(() => controllerFor(ofMetadata, { reconcile, owns: [informer] })).toThrow(/does not say the kind/);
  });

  it('wakes nothing by its own conditional writes where it is told so', () => {
    const cluster = virtualCluster();
    cluster.outcome(cluster.client().create(named('a')));
    const client = cluster.client();
    const { types } = controlled(cluster, {
      skipOwnEvents: true,
      reconcile: ({ object, writer }) =>
        object &&
        writer(client)
          .edit(object, (draft) => void (draft.data = { x: '1' }))
          .pipe(ignoreElements()),
    });
    cluster.pass(5000);
    expect(types()).toEqual(['default/a done']);
    cluster.outcome(client.update(named('a', { x: '2' })));
    expect(types()).toEqual(['default/a done', 'default/a done']);
  });
});
