import { getEventListeners } from 'node:events';
import { asyncScheduler, concat, NEVER, of, Subject } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  CacheSyncError,
  type FactoryInformerOptions,
  FactoryShutDownError,
  InformerEndedError,
  type KubernetesObject,
  type ListerWatcher,
  SeedError,
  type SharedInformer,
  sharedInformerFactory,
  type SharedInformerFactory,
  type WatchFrame,
} from 'kuberx';
import { added, buildObject, fakeListerWatcher, type FakeListerWatcher, initialEventsEnd, open } from 'kuberx/testing';
import { inWords } from '../scene.ts';

interface Resources {
  readonly 'v1/pods': KubernetesObject & { readonly spec?: { readonly nodeName?: string } };
}

/** What pods may be asked for here. */
interface Selection {
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>>;
  readonly names?: readonly string[];
  readonly client?: object;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** A factory whose servers have `default/a` and hand on what is sent to them; `silent` ones never answer. */
class Cluster {
  readonly servers: FakeListerWatcher<KubernetesObject>[] = [];
  readonly asked: [string, Selection][] = [];
  readonly frames$ = new Subject<WatchFrame<KubernetesObject>>();
  readonly factory: SharedInformerFactory<Resources, Selection>;

  constructor(options?: FactoryInformerOptions | ((resource: string) => FactoryInformerOptions)) {
    this.factory = sharedInformerFactory<Resources, Selection>((...asked) => this.serve(...asked), options);
  }

  get open(): number {
    return this.servers.reduce((sum, { openRequests }) => sum + openRequests, 0);
  }

  get requests(): number {
    return this.servers.reduce((sum, { requests }) => sum + requests.length, 0);
  }

  private serve(resource: string, selection: Selection): ListerWatcher<KubernetesObject> {
    if (resource === 'nonsense') throw new TypeError('no resource');
    this.asked.push([resource, selection]);
    const initial$ = of(open, added(buildObject('default/a', '1')), initialEventsEnd('5'));
    const watch$ = concat(resource.startsWith('silent') ? NEVER : initial$, this.frames$);
    const server = fakeListerWatcher(() => ({ watch: watch$ }), { resource });
    this.servers.push(server);
    return server;
  }
}

describe('sharedInformerFactory', () => {
  describe('informer', () => {
    it('is one for each resource, and starts nothing', () => {
      const { factory, servers } = new Cluster();
      const pods = factory.informer('v1/pods');
      expect(factory.informer('v1/pods')).toBe(pods);
      expect(factory.informer('v1/nodes')).not.toBe(pods);
      expect(factory.informers()).toEqual([pods, factory.informer('v1/nodes')]);
      expect(servers.map(({ requests }) => requests.length)).toEqual([0, 0]);
    });

    it('begins with the seed of the call that makes it; later ones change nothing', async () => {
      const { factory, servers } = new Cluster();
      const seed = { objects: [buildObject('default/a', '1')], resourceVersion: '5' };
      const pods = factory.informer('v1/pods', { namespace: 'default' }, { seed });
      expect(pods.snapshot$.value).toMatchObject({ size: 1, synced: true, resourceVersion: '5' });
      expect(factory.informer('v1/pods').snapshot$.value.synced).toBe(false);
      const later = { seed: { objects: [], resourceVersion: '6' } };
      expect(factory.informer('v1/pods', { namespace: 'default' }, later)).toBe(pods);
      await pods.whenSynced();
      expect(servers.flatMap(({ requests }) => requests)).toEqual([]);
    });

    it('is not made of an invalid seed, and can be asked for again without it', () => {
      const { factory } = new Cluster();
      const seed = { objects: [], resourceVersion: '' };
      expect(() => factory.informer('v1/pods', {}, { seed })).toThrow(SeedError);
      expect(factory.informers()).toEqual([]);
      expect(factory.informer('v1/pods').snapshot$.value.synced).toBe(false);
    });

    it('takes no seed for all', () => {
      const options = { seed: { objects: [], resourceVersion: '5' } } as FactoryInformerOptions;
      expect(() => new Cluster(options)).toThrow('a seed is of one informer');
      const { factory } = new Cluster(() => options);
      expect(() => factory.informer('v1/pods')).toThrow(TypeError);
    });

    it('knows the type of a resource that is known, and of others', () => {
      const { factory } = new Cluster();
      expectTypeOf(factory.informer('v1/pods')).toEqualTypeOf<SharedInformer<Resources['v1/pods']>>();
      expectTypeOf(factory.informer('v1/nodes')).toEqualTypeOf<SharedInformer<KubernetesObject>>();
      interface Widget extends KubernetesObject {
        readonly size: number;
      }
      expectTypeOf(factory.informer<Widget>('v1/widgets')).toEqualTypeOf<SharedInformer<Widget>>();
    });

    const [client, other] = [
      new (class Client {
        readonly url = 'same';
      })(),
      new Map(),
    ];
    const read = (): void => undefined;

    it.each<[string, Selection | undefined, Selection | undefined]>([
      ['none and empty ones', undefined, {}],
      ['undefined ones', { namespace: undefined }, {}],
      ['in another order', { namespace: 'a', client }, { client, namespace: 'a' }],
      ['plain ones of the same content', { labels: { a: '1', b: '2' } }, { labels: { b: '2', a: '1' } }],
      ['plain ones with the same in them', { client: { client, read } }, { client: { read, client } }],
      ['lists of the same content', { names: ['a', 'b'] }, { names: ['a', 'b'] }],
      ['the same client', { client }, { client }],
    ])('is the same one for equal options: %s', (_, left, right) => {
      const { factory } = new Cluster();
      expect(factory.informer('v1/pods', left)).toBe(factory.informer('v1/pods', right));
      expect(factory.informers()).toHaveLength(1);
    });

    it.each<[string, Selection, Selection]>([
      ['labels in another order', { labelSelector: 'b in (y,x),a=1' }, { labelSelector: ' a==1, b in ( x, y )' }],
      ['of one label', { labelSelector: 'a!=1,a!=2' }, { labelSelector: 'a!=2,a!=1,a!=2' }],
      ['fields in another order', { fieldSelector: 'x=a,a=x' }, { fieldSelector: 'a==x,x=a,a=x' }],
      ['everything', { labelSelector: '', fieldSelector: ',' }, {}],
    ])('is the same one for equal selectors: %s', (_, left, right) => {
      const { factory } = new Cluster();
      expect(factory.informer('v1/pods', left)).toBe(factory.informer('v1/pods', right));
    });

    it.each<[string, Selection, Selection]>([
      ['another value', { labelSelector: 'a=1' }, { labelSelector: 'a=2' }],
      ['one that cannot be read', { labelSelector: 'a=(' }, { labelSelector: 'a=)' }],
      ['a field and a label', { labelSelector: 'a=1' }, { fieldSelector: 'a=1' }],
      ['a value with a comma', { fieldSelector: 'a=1,b=2' }, { fieldSelector: 'a=1\\,b\\=2' }],
    ])('is another one for other selectors: %s', (_, left, right) => {
      const { factory } = new Cluster();
      expect(factory.informer('v1/pods', left)).not.toBe(factory.informer('v1/pods', right));
    });

    it.each<[string, Selection | undefined, Selection | undefined]>([
      ['another value', { namespace: 'a' }, { namespace: 'b' }],
      ['none', undefined, { namespace: 'a' }],
      ['null, which is a value', { namespace: null as never }, {}],
      ['the text of another type', { namespace: '1' }, { namespace: 1 as never }],
      ['the text of an object', { client }, { client: 'object 1' as never }],
      ['other content', { labels: { a: '1' } }, { labels: { a: '2' } }],
      ['more content', { labels: { a: '1' } }, { labels: { a: '1', b: '2' } }],
      ['text that looks like two values', { names: ['a', 'b'] }, { names: ['a","b'] }],
      ['another order of a list', { names: ['a', 'b'] }, { names: ['b', 'a'] }],
      ['another client', { client }, { client: other }],
      ['another function', { client: read }, { client: () => undefined }],
    ])('is another one for other options: %s', (_, left, right) => {
      const { factory } = new Cluster();
      expect(factory.informer('v1/pods', left)).not.toBe(factory.informer('v1/pods', right));
      expect(factory.informers()).toHaveLength(2);
    });

    it('lists and watches by the options that it was asked for with', () => {
      const { factory, asked } = new Cluster();
      factory.informer('v1/pods', { namespace: 'a' });
      factory.informer('v1/nodes');
      expect(asked).toEqual([
        ['v1/pods', { namespace: 'a' }],
        ['v1/nodes', {}],
      ]);
    });

    it('hands on what its function throws, and keeps nothing', () => {
      const { factory } = new Cluster();
      expect(() => factory.informer('nonsense')).toThrow(TypeError);
      expect(factory.informers()).toEqual([]);
    });

    it('has the options of the factory, for all or by resource', async () => {
      const options = (resource: string): FactoryInformerOptions => ({
        transform: (object) => ({ ...object, resource }),
      });
      const { factory } = new Cluster(options);
      for (const resource of ['v1/pods', 'v1/nodes']) {
        const informer = factory.informer(resource);
        await informer.whenSynced();
        expect(informer.snapshot$.value.getByKey('default/a')).toHaveProperty('resource', resource);
      }
      const common = new Cluster(options('common')).factory.informer('v1/pods');
      await common.whenSynced();
      expect(common.snapshot$.value.getByKey('default/a')).toHaveProperty('resource', 'common');
    });
  });

  describe('connect', () => {
    it('holds what was asked for so far, once, however often it is called', () => {
      const cluster = new Cluster();
      const { factory } = cluster;
      factory.informer('v1/pods');
      factory.connect();
      factory.connect();
      expect([cluster.open, cluster.requests]).toEqual([1, 1]);
      factory.informer('v1/nodes');
      expect([cluster.open, cluster.requests]).toEqual([1, 1]);
      factory.connect();
      expect([cluster.open, cluster.requests]).toEqual([2, 2]);
      factory.shutdown();
      expect(cluster.open).toBe(0);
    });

    it('lets go with its signal, whoever called it again meanwhile, and holds anew after that', () => {
      const cluster = new Cluster();
      const { factory } = cluster;
      const controller = new AbortController();
      const { signal } = controller;
      const pods = factory.informer('v1/pods');
      factory.connect({ signal });
      for (let index = 0; index < 10; index++) factory.connect({ signal });
      factory.connect();
      expect(getEventListeners(signal, 'abort')).toHaveLength(1);
      controller.abort();
      expect(cluster.open).toBe(0);
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      expect(pods.status$.value.phase).toBe('stopped');
      factory.connect();
      expect(pods.status$.value.phase).toBe('watching');
      factory.shutdown();
      expect(pods.status$.value.phase).toBe('stopped');
    });

    it('leaves running what a subscriber holds', () => {
      const cluster = new Cluster();
      const controller = new AbortController();
      const subscription = cluster.factory.informer('v1/pods').events$.subscribe();
      cluster.factory.connect({ signal: controller.signal });
      expect(cluster.requests).toBe(1);
      controller.abort();
      expect(cluster.open).toBe(1);
      subscription.unsubscribe();
      expect(cluster.open).toBe(0);
    });
  });

  describe('waitForCacheSync', () => {
    it('resolves when all have synced, which it starts, and holds them for a turn longer', async () => {
      const cluster = new Cluster();
      const { factory } = cluster;
      const informers = [factory.informer('v1/pods'), factory.informer('v1/nodes')];
      await factory.waitForCacheSync();
      expect(informers.map(({ snapshot$ }) => snapshot$.value.size)).toEqual([1, 1]);
      expect(cluster.open).toBe(2);
      await expect.poll(() => cluster.open).toBe(0);
    });

    it('leaves those running that were started', async () => {
      const cluster = new Cluster();
      cluster.factory.informer('v1/pods');
      cluster.factory.connect();
      await cluster.factory.waitForCacheSync();
      expect([cluster.open, cluster.requests]).toEqual([1, 1]);
      cluster.factory.shutdown();
    });

    it('names those that have not synced, where the signal or the shutdown ends the wait', async () => {
      const { factory } = new Cluster();
      factory.informer('v1/pods');
      factory.informer('silent/nodes');
      factory.informer('silent/jobs', { namespace: 'a' });
      const message = 'not synced: silent/jobs, silent/nodes';
      const controller = new AbortController();
      const waits = [factory.waitForCacheSync({ signal: controller.signal }), factory.waitForCacheSync()];
      controller.abort();
      await expect(waits[0]).rejects.toThrow(CacheSyncError);
      await expect(waits[0]).rejects.toThrow(message);
      factory.shutdown();
      await expect(waits[1]).rejects.toThrow(message);
    });

    it('resolves after the shutdown where they have synced before', async () => {
      const { factory } = new Cluster();
      factory.informer('v1/pods');
      await factory.waitForCacheSync();
      factory.shutdown();
      await factory.waitForCacheSync();
    });

    it('resolves without informers', async () => {
      await new Cluster().factory.waitForCacheSync();
    });
  });

  describe('shutdown', () => {
    it('ends streams and handlers for good, leaves nothing open, and what there is to read', async () => {
      const cluster = new Cluster();
      const turn = (): Promise<unknown> => new Promise((resolve) => asyncScheduler.schedule(resolve));
      const { factory, frames$ } = cluster;
      const pods = factory.informer('v1/pods');
      const heard: string[] = [];
      const complete = (what: string) => (): void => void heard.push(`${what} complete`);
      pods.events$.subscribe({ next: (event) => heard.push(inWords(event)), complete: complete('events$') });
      pods.snapshot$.subscribe({ complete: complete('snapshot$') });
      pods.hasSynced$.subscribe({ complete: complete('hasSynced$') });
      pods.commits$.subscribe({ complete: complete('commits$') });
      const registration = pods.addEventHandler({ onAdd: ({ metadata }) => heard.push(`onAdd ${metadata.name}`) });
      factory.connect();
      await turn();
      factory.shutdown();
      factory.shutdown();
      frames$.next(added(buildObject('default/b', '6')));
      expect(heard.toSorted()).toEqual([
        'added a@1 initial',
        'commits$ complete',
        'events$ complete',
        'hasSynced$ complete',
        'onAdd a',
        'snapshot$ complete',
      ]);
      expect([cluster.open, frames$.observed]).toEqual([0, false]);
      await registration.shutDown();
      expect(pods.snapshot$.value.size).toBe(1);
      expect(factory.informers()).toEqual([pods]);
    });

    it('starts nothing any more', () => {
      const cluster = new Cluster();
      const { factory } = cluster;
      const pods = factory.informer('v1/pods');
      factory.shutdown();
      factory.connect();
      pods.events$.subscribe();
      expect(() => pods.addEventHandler({})).toThrow(InformerEndedError);
      expect(cluster.requests).toBe(0);
    });

    it('makes no informers any more, and says so', () => {
      const { factory } = new Cluster();
      factory.informer('v1/pods');
      factory.shutdown();
      for (const resource of ['v1/pods', 'v1/nodes']) {
        expect(() => factory.informer(resource)).toThrow(FactoryShutDownError);
        expect(() => factory.informer(resource)).toThrow(
          `the factory is shut down; there is no informer of ${resource} any more`,
        );
      }
    });

    it('comes with the signal of the options too', () => {
      const controller = new AbortController();
      const cluster = new Cluster({ signal: controller.signal });
      cluster.factory.informer('v1/pods');
      cluster.factory.connect();
      expect(cluster.open).toBe(1);
      controller.abort();
      expect(cluster.open).toBe(0);
    });
  });
});
