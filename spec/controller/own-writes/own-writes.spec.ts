import { mergeMap, Observable, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Awaitable, KubeError, type ResourceClient, type Writer } from 'kuberx';
import { awaitable } from 'kuberx/http';
import type { Patch } from '#src/protocol/patch.ts';
import { OwnWrites } from '#src/controller/own-writes/own-writes.ts';
import { lateInformer } from '../late-informer.ts';
import { type ConfigMap, configMaps, virtualCluster } from '../virtual-cluster.ts';

const { signal } = new AbortController();
const owner = 'default/owner';
const named = (name: string) => ({ namespace: 'default', name });
const configMap = (name: string, more: object = {}) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: named(name), ...more }) as ConfigMap;

/** One informer that lags when told to, and the writes of a run of one key. */
function setting(options: Parameters<typeof lateInformer>[1] = {}) {
  const cluster = virtualCluster();
  cluster.server.create(configMaps, configMap('a', { data: { size: '1' } }));
  const late = lateInformer(cluster, options);
  const own = new OwnWrites([late.informer], cluster);
  const writerThrough = (client: ResourceClient<ConfigMap>): Writer<ConfigMap> =>
    own.writer(client, { key: owner, signal });
  return {
    cluster,
    ...late,
    own,
    writer: writerThrough(cluster.client()),
    writerThrough,
    read: (name: string) => own.reader(late.informer).getByKey(`default/${name}`),
    /** Whether the key may start, and when not, after how long it may. */
    startsAfter: (): number | 'now' | 'never' => {
      if (own.mayStart(owner) === undefined) return 'now';
      const since = cluster.scheduler.now();
      for (let asked = 0; asked < 10; asked++) {
        let spoke: number | undefined;
        const at = (): number => (spoke ??= cluster.scheduler.now());
        const held = own.mayStart(owner)?.passed$.subscribe({ next: at, error: at, complete: at });
        cluster.pass(6000);
        held?.unsubscribe();
        if (own.mayStart(owner) === undefined) return (spoke ?? Infinity) - since;
      }
      return 'never';
    },
  };
}

/** A client whose write reaches the server, and whose answer is lost. */
function losing(client: ResourceClient<ConfigMap>): ResourceClient<ConfigMap> {
  const error = new KubeError({ reason: 'Network', resource: configMaps, message: 'cut' });
  function lost(request: Observable<ConfigMap>): Awaitable<ConfigMap> {
    return awaitable(request.pipe(mergeMap(() => throwError(() => error))));
  }
  return {
    ...client,
    create: (object) => lost(client.create(object)),
    patch: (reference, patch) => lost(client.patch(reference, patch)),
  } satisfies ResourceClient<ConfigMap>;
}

describe('OwnWrites', () => {
  it('shows an answer in the same turn, and starts the key when the watch has brought it', () => {
    const { cluster, own, writer, read, hold, release, informer } = setting();
    hold();
    const seen: unknown[] = [];
    writer
      .edit(informer.store.getByKey('default/a')!, (draft) => void (draft.data = { size: '2' }))
      .subscribe(() => {
        seen.push(read('a')?.data, own.lister(informer).get('default/a').data);
      });
    cluster.pass(100);
    expect(seen).toEqual([{ size: '2' }, { size: '2' }]);
    expect(informer.store.getByKey('default/a')?.data).toEqual({ size: '1' });
    const held = own.mayStart(owner);
    expect(held?.reason).toMatchObject({ type: 'behind', resource: configMaps, object: 'default/a', isUnsure: false });
    expect(own.mayStart('default/other')).toBeUndefined();
    let passed = false;
    held?.passed$.subscribe(() => (passed = true));
    release();
    expect(passed).toBe(true);
    expect(own.mayStart(owner)).toBeUndefined();
    expect(own.outstanding).toBe(0);
  });

  it('leaves no subscription and no memory when all is passed', () => {
    const { cluster, own, writer, hold, release } = setting();
    hold();
    for (let count = 0; count < 50; count++) cluster.outcome(writer.create(configMap(`n-${count}`)), 10);
    expect(own.outstanding).toBe(1);
    release();
    expect(own.outstanding).toBe(0);
  });

  describe('of the eight holes of others', () => {
    it('1: passes a write that never comes back, by a bookmark', () => {
      const { cluster, writer, startsAfter, hold, release, read, own } = setting({
        labelSelector: 'app=web',
        isSilent: true,
      });
      hold();
      cluster.outcome(writer.create(configMap('unlabelled')), 10);
      expect(read('unlabelled')).toBeDefined();
      expect(own.mayStart(owner)).toBeDefined();
      cluster.server.bookmark();
      release();
      cluster.pass(10);
      expect(startsAfter()).toBe('now');
      expect(read('unlabelled')).toBeUndefined();
    });

    it('1: passes what was created here and deleted by another while the watch was broken, by the relist', () => {
      const { cluster, writer, own, startsAfter, hold, cut, read, informer } = setting();
      const events: string[] = [];
      informer.events().subscribe(({ type, object }) => events.push(`${type} ${object.metadata.name}`));
      hold();
      cluster.outcome(writer.create(configMap('mine')), 10);
      cluster.server.delete(configMaps, 'default/mine');
      cluster.server.compact();
      cut();
      expect(read('mine')).toBeDefined();
      cluster.pass(5000);
      expect(startsAfter()).toBe('now');
      expect(read('mine')).toBeUndefined();
      expect(own.outstanding).toBe(0);
      expect(events).toEqual(['added a']);
    });

    it('1: tells of what vanished unseen, and not of what does not match the selector', () => {
      const { cluster, writer, own, hold, cut } = setting({ labelSelector: 'app=web', isSilent: true });
      const woken: unknown[] = [];
      own.wakes$.subscribe((wake) => woken.push(wake));
      hold();
      cluster.outcome(writer.create(configMap('unlabelled')), 10);
      const labels = { app: 'web' };
      cluster.outcome(writer.create(configMap('mine', { metadata: { ...named('mine'), labels } })), 10);
      cluster.server.delete(configMaps, 'default/mine');
      cluster.server.compact();
      cut();
      cluster.pass(5000);
      expect(woken).toEqual([{ key: owner, reason: { source: configMaps, type: 'deleted' } }]);
      expect(own.outstanding).toBe(0);
    });

    it('1: shows no write that the informer does not select, waits for none, and does not ask for it', () => {
      const { cluster, writer, own, hold, read } = setting({ labelSelector: 'app=web' });
      const woken: unknown[] = [];
      own.wakes$.subscribe((wake) => woken.push(wake));
      hold();
      cluster.outcome(writer.create(configMap('unlabelled')), 10);
      expect(read('unlabelled')).toBeUndefined();
      expect(own.mayStart(owner)).toBeUndefined();
      expect(own.outstanding).toBe(0);
      cluster.pass(5000);
      expect(woken).toEqual([]);
      expect(cluster.server.requests.filter(({ verb }) => verb === 'get')).toEqual([]);
    });

    it('1: shows what a write brings into the selection, and hides what one takes out of it, at once', () => {
      const { cluster, writer, own, hold, release, read, informer } = setting({ labelSelector: 'app=web' });
      const label = (app: string | null): Patch<ConfigMap> => ({
        type: 'merge',
        body: { metadata: { labels: { app } } },
      });
      const names = () => own.lister(informer).list().map(({ metadata }) => metadata.name); // prettier-ignore
      hold();
      cluster.outcome(writer.patch(named('a'), label('web')), 10);
      expect(read('a')).toBeDefined();
      expect(own.mayStart(owner)).toBeDefined();
      cluster.outcome(writer.patch(named('a'), label('db')), 10);
      expect([read('a'), ...names()]).toEqual([undefined]);
      // It came and went before the watch has told of either.
      expect(own.mayStart(owner)).toBeDefined();
      release();
      expect(own.mayStart(owner)).toBeUndefined();
      expect([read('a'), ...names()]).toEqual([undefined]);
      cluster.outcome(writer.patch(named('a'), label('web')), 10);
      expect(names()).toEqual(['a']);
      hold();
      cluster.outcome(writer.patch(named('a'), label(null)), 10);
      expect(informer.store.getByKey('default/a')).toBeDefined();
      expect([read('a'), ...names()]).toEqual([undefined]);
      expect(own.mayStart(owner)).toBeDefined();
      cluster.outcome(writer.patch(named('a'), label('web')), 10);
      expect(names()).toEqual(['a']);
      release();
      cluster.pass(100);
      expect(names()).toEqual(['a']);
      expect(own.mayStart(owner)).toBeUndefined();
      expect(own.outstanding).toBe(0);
    });

    it('1: shows again what another brought back into the selection after a write had taken it out', () => {
      const { cluster, writer, own, hold, release, read, informer } = setting({ labelSelector: 'app=web' });
      const label = (app: string): Patch<ConfigMap> => ({ type: 'merge', body: { metadata: { labels: { app } } } });
      cluster.outcome(cluster.client().patch(named('a'), label('web')), 10);
      expect(read('a')).toBeDefined();
      hold();
      cluster.outcome(writer.patch(named('a'), label('db')), 10);
      expect(read('a')).toBeUndefined();
      cluster.outcome(cluster.client().patch(named('a'), label('web')), 10);
      release();
      cluster.pass(10);
      expect(read('a')).toBe(informer.store.getByKey('default/a'));
      expect(read('a')).toBeDefined();
      expect(own.outstanding).toBe(0);
    });

    it('2: waits for an informer of metadata too, and cuts what it shows to metadata', () => {
      const { cluster, writer, own, startsAfter, hold, release, read } = setting({ metadataOnly: true });
      hold();
      cluster.outcome(writer.patch(named('a'), { type: 'merge', body: { data: { size: '9' } } }), 10);
      expect(own.mayStart(owner)).toBeDefined();
      expect(read('a')).toMatchObject({ kind: 'PartialObjectMetadata' });
      expect(read('a')).not.toHaveProperty('data');
      release();
      expect(startsAfter()).toBe('now');
    });

    it('3: asks the server once where an answer was lost, before the key starts', () => {
      const { cluster, writerThrough, own, startsAfter, hold, read } = setting();
      hold();
      const writer = writerThrough(losing(cluster.client()));
      expect(() => cluster.outcome(writer.create(configMap('b', { data: { size: '7' } })), 10)).toThrow('cut');
      expect(read('b')).toBeUndefined();
      expect(own.mayStart(owner)?.reason).toMatchObject({ type: 'behind', object: 'default/b', isUnsure: true });
      own.mayStart(owner)?.passed$.subscribe();
      cluster.pass(10);
      expect(read('b')?.data).toEqual({ size: '7' });
      expect(cluster.server.requests.filter(({ verb }) => verb === 'get')).toHaveLength(1);
      // What was found is a write like any other: the watch has to bring it.
      expect(own.mayStart(owner)?.reason).toMatchObject({ object: 'default/b', isUnsure: false });
      expect(startsAfter()).toBe('never');
    });

    it('3: takes an object that the server does not have as one that was not written', () => {
      const { cluster, writerThrough, own, startsAfter, read } = setting();
      const cut = (): never => {
        throw new KubeError({ reason: 'Network', resource: configMaps, message: 'cut' });
      };
      const lost = {
        ...cluster.client(),
        create: () => awaitable<ConfigMap>(new Observable(cut)),
      } satisfies ResourceClient<ConfigMap>;
      expect(() => cluster.outcome(writerThrough(lost).create(configMap('b')), 10)).toThrow('cut');
      expect(own.mayStart(owner)).toBeDefined();
      expect(startsAfter()).toBe(0);
      expect(read('b')).toBeUndefined();
    });

    it('3: asks again while the server is away', () => {
      const { cluster, writerThrough, own } = setting();
      const writer = writerThrough(losing(cluster.client()));
      expect(() => cluster.outcome(writer.create(configMap('b')), 10)).toThrow('cut');
      cluster.server.failNext({ code: 503, times: 2 });
      let passed = false;
      own.mayStart(owner)?.passed$.subscribe(() => (passed = true));
      cluster.pass(1500);
      expect(passed).toBe(false);
      cluster.pass(1000);
      expect(passed).toBe(true);
    });

    it('3: asks the server for an object under a generated name as well, where the answer was lost', () => {
      const { cluster, writerThrough, own, hold, read } = setting();
      hold();
      const writer = writerThrough(losing(cluster.client()));
      const generated = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', generateName: 'g-' } };
      expect(() => cluster.outcome(writer.create(generated as never), 10)).toThrow('cut');
      const { name } = cluster.server.list(configMaps).find(({ metadata }) => metadata.name !== 'a')!.metadata;
      expect(name).toMatch(/^g-[a-z0-9]{5}$/);
      const reason = { type: 'behind', object: `default/${name}`, isUnsure: true };
      expect(own.mayStart(owner)?.reason).toMatchObject(reason);
      own.mayStart(owner)?.passed$.subscribe();
      cluster.pass(10);
      expect(read(name)?.metadata.generateName).toBe('g-');
      expect(own.mayStart(owner)?.reason).toMatchObject({ object: `default/${name}`, isUnsure: false });
    });

    it('3: starts a key at once whose object under a generated name never reached the server', () => {
      const { cluster, writerThrough, own, startsAfter } = setting();
      const cut = (): never => {
        throw new KubeError({ reason: 'Network', resource: configMaps, message: 'cut' });
      };
      const lost = {
        ...cluster.client(),
        create: () => awaitable<ConfigMap>(new Observable(cut)),
      } satisfies ResourceClient<ConfigMap>;
      const generated = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', generateName: 'g-' } };
      expect(() => cluster.outcome(writerThrough(lost).create(generated as never), 10)).toThrow('cut');
      expect(startsAfter()).toBe(0);
      expect(own.outstanding).toBe(0);
    });

    it('4: shows an object under the name that the server made up', () => {
      const { cluster, writer, hold, own, informer } = setting();
      hold();
      const generated = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', generateName: 'g-' } };
      const { name } = cluster.outcome(writer.create(generated as never), 10).metadata;
      expect(name).toMatch(/^g-./);
      expect(own.lister(informer).list().map(({ metadata }) => metadata.name)).toEqual(['a', name]); // prettier-ignore
    });

    it('5: does not wait for a write that changed nothing', () => {
      const { cluster, writer, own, hold } = setting();
      hold();
      cluster.outcome(writer.patch(named('a'), { type: 'merge', body: { data: { size: '1' } } }), 10);
      expect(own.mayStart(owner)).toBeUndefined();
    });

    it('6: tells an object from one that was deleted and created under its name', () => {
      const { cluster, writer, own, hold, release, read } = setting();
      hold();
      cluster.outcome(writer.delete(named('a')), 10);
      expect(read('a')).toBeUndefined();
      const again = cluster.outcome(writer.create(configMap('a', { data: { size: 'new' } })), 10);
      expect(read('a')).toEqual(again);
      expect(own.mayStart(owner)).toBeDefined();
      release();
      expect(read('a')).toEqual(again);
      expect(own.mayStart(owner)).toBeUndefined();
    });

    it('6: does not take a state from before the creation for one from after the deletion', () => {
      const { cluster, writer, own, hold, release, read, informer } = setting();
      hold();
      cluster.outcome(writer.create(configMap('b')), 10);
      cluster.outcome(writer.delete(named('b')), 10);
      expect(informer.store.getByKey('default/b')).toBeUndefined();
      expect(own.mayStart(owner)).toBeDefined();
      expect(read('b')).toBeUndefined();
      release();
      expect(own.mayStart(owner)).toBeUndefined();
      expect(read('b')).toBeUndefined();
    });

    it('7: holds back the key that wrote, and shows its write to every controller over the informer', () => {
      const { cluster, writer, own, hold, informer } = setting();
      const other = new OwnWrites([informer], cluster);
      hold();
      cluster.outcome(writer.patch(named('a'), { type: 'merge', body: { data: { size: '5' } } }), 10);
      expect(other.reader(informer).getByKey('default/a')?.data).toEqual({ size: '5' });
      expect(other.mayStart(owner)).toBeUndefined();
      expect(own.mayStart(owner)).toBeDefined();
    });

    it('7: waits for the later of two writes of one run to one object', () => {
      const { cluster, writer, own, hold, release, read } = setting();
      hold();
      for (const size of ['2', '3']) writer.patch(named('a'), { type: 'merge', body: { data: { size } } }).subscribe();
      cluster.pass(10);
      expect(read('a')?.data).toEqual({ size: '3' });
      release();
      expect(own.mayStart(owner)).toBeUndefined();
      expect(read('a')?.data).toEqual({ size: '3' });
    });

    it('8: holds nothing back where versions cannot be ordered, and tells the resource', () => {
      const { cluster, writerThrough, own } = setting();
      const opaque = configMap('x', { metadata: { ...named('x'), uid: 'u', resourceVersion: 'W/3' } });
      const client = { ...cluster.client(), create: () => awaitable(of(opaque)) } satisfies ResourceClient<ConfigMap>;
      writerThrough(client).create(opaque).subscribe();
      expect(own.mayStart(owner)).toBeUndefined();
      expect([...own.unordered]).toEqual([configMaps]);
    });
  });

  it('waits for nothing that no informer of the controller watches', () => {
    const { cluster, own } = setting();
    cluster.outcome(
      own.writer(cluster.client('v1/secrets'), { key: owner, signal }).create({ ...configMap('s'), kind: 'Secret' }),
      10,
    );
    expect(own.mayStart(owner)).toBeUndefined();
  });

  it('waits for the version of a scale, and shows no Scale in place of the object', () => {
    const cluster = virtualCluster();
    const deployments = 'apps/v1/deployments';
    cluster.server.create(deployments, { metadata: named('web'), spec: { replicas: 1 } });
    const late = lateInformer(cluster, { resource: deployments });
    const own = new OwnWrites([late.informer], cluster);
    late.hold();
    cluster.outcome(own.writer(cluster.client(deployments), { key: owner, signal }).scale(named('web'), 3), 10);
    expect(own.reader(late.informer).getByKey('default/web')).toMatchObject({ kind: 'Deployment' });
    expect(own.mayStart(owner)).toBeDefined();
    late.release();
    expect(own.mayStart(owner)).toBeUndefined();
  });

  it('takes the write that removed the last finalizer for the deletion that it is', () => {
    const { cluster, writer, own, hold, read, release } = setting();
    const held = { metadata: { ...named('f'), finalizers: ['example.com/f'] } };
    cluster.server.create(configMaps, held);
    cluster.server.delete(configMaps, 'default/f');
    cluster.pass(10);
    hold();
    const body = [{ op: 'remove', path: '/metadata/finalizers/0' }] as const;
    cluster.outcome(writer.patch(named('f'), { type: 'json', body }), 10);
    expect(read('f')).toBeUndefined();
    expect(own.mayStart(owner)).toBeDefined();
    release();
    expect(own.mayStart(owner)).toBeUndefined();
  });
});
