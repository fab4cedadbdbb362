import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { asyncScheduler, concat, NEVER, of, Subject } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  conflateByKey,
  eachChangeFrom,
  type InformerEvent,
  type KubernetesObject,
  type SharedInformer,
  sharedInformer,
  sharedInformerFactory,
} from 'kuberx';
import { exists } from 'kuberx/conditions';
import { listWatch } from 'kuberx/client-node';
import { added, buildObject, fakeListerWatcher, type FakeListerWatcher, initialEventsEnd, open } from 'kuberx/testing';
import { apiServer } from 'kuberx/testing/apiserver';
import { kubeConfigOf } from '../client-node/kube-config-of.ts';
import { eventually } from '../eventually.ts';
import { pod } from '../store/pods.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const count = 10_000;

/** What a mount may leave at most, in bytes: less than one subscription. What the engine itself keeps varies by some 50. */
const slack = 100;

/** How many informers are visited at once: a visit waits for a timer of a millisecond, and all of them for the same one. */
const together = 20;

/** What is open or due in this process, by its kind. */
const active = (kind: string): number => process.getActiveResourcesInfo().filter((each) => each === kind).length;

async function heapInUse(): Promise<number> {
  // What a turn has looked at is held until it ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/**
 * The bytes that a visit leaves behind: `runs` are {@link count} visits. Some runs before fill what is kept once. What the
 * engine comes to keep meanwhile, such as compiled code, comes at times; a leak comes in every round: the least of up to three.
 */
async function leftBy(run: () => unknown, runs = count): Promise<number> {
  for (let index = 0; index < runs / 10; index++) await run();
  let least = Infinity;
  for (let round = 0; round < 3 && least >= slack; round++) {
    const before = await heapInUse();
    for (let index = 0; index < runs; index++) await run();
    least = Math.min(least, ((await heapInUse()) - before) / count);
  }
  return least;
}

/** After what is due at once on a scheduler. */
const turn = (): Promise<void> => new Promise((resolve) => void asyncScheduler.schedule(resolve));

/** A server of two pods, which remembers no request. */
function forgetful(): FakeListerWatcher<KubernetesObject> {
  const pods = ['a', 'b'].map((name) => added(buildObject(`default/${name}`, '1')));
  const server: FakeListerWatcher<KubernetesObject> = fakeListerWatcher(({ options }) => {
    (server.requests as unknown[]).splice(0, server.requests.length - 1);
    return { watch: concat(of(open, ...(options.sendInitialEvents ? [...pods, initialEventsEnd('5')] : [])), NEVER) };
  });
  return server;
}

describe('ten thousand mounts and unmounts', () => {
  const ways: Readonly<Record<string, (informer: SharedInformer<KubernetesObject>) => unknown>> = {
    'a snapshot$': ({ snapshot$ }) => {
      let size = 0;
      snapshot$.subscribe((snapshot) => (size = snapshot.size)).unsubscribe();
      expect(size).toBe(2);
    },
    'an observed object': (informer) => informer.observe('default/a').subscribe().unsubscribe(),
    'events with a mark and resyncs': (informer) => {
      const heard: string[] = [];
      informer
        .events({ withSynced: true, resyncPeriod: 60_000 })
        .subscribe(({ type }) => heard.push(type))
        .unsubscribe();
      expect(heard).toEqual(['added', 'added', 'synced']);
    },
    'a conflating consumer that is busy': ({ events$ }) =>
      events$
        .pipe(conflateByKey(() => NEVER))
        .subscribe()
        .unsubscribe(),
    'a handler': async (informer) => {
      const registration = informer.addEventHandler({ onAdd: () => undefined });
      await turn();
      expect(registration.hasSynced).toBe(true);
      await registration.shutDown();
    },
    'a loop': async ({ events$ }) => {
      for await (const { type } of eachChangeFrom(events$)) if (type === 'added') break;
    },
    'waits with a signal that lives on': async (informer) => {
      await informer.whenSynced({ signal });
      await informer.waitFor('default/a', exists, { signal, timeout: 60_000 });
      await turn();
    },
    'a connection with a signal that lives on': (informer) => informer.connect({ signal }).unsubscribe(),
  };
  const { signal } = new AbortController();

  it.each(Object.entries(ways))(
    'of %s, which start and stop an informer, leave neither heap nor timer nor request',
    async (_, visit) => {
      const server = forgetful();
      const informers = Array.from({ length: together }, () => sharedInformer(server));
      const timers = active('Timeout');
      expect(await leftBy(() => Promise.all(informers.map(visit)), count / together)).toBeLessThan(slack);
      expect(server.openRequests).toBe(0);
      expect(active('Timeout')).toBeLessThanOrEqual(timers);
    },
  );

  it.each(Object.entries(ways))(
    'of %s of an informer that somebody else holds leave neither heap nor timer',
    async (_, visit) => {
      const server = forgetful();
      const informers = Array.from({ length: together }, () => sharedInformer(server));
      const held = informers.map((informer) => informer.connect());
      const timers = active('Timeout');
      expect(await leftBy(() => Promise.all(informers.map(visit)), count / together)).toBeLessThan(slack);
      expect(server.openRequests).toBe(together);
      expect(active('Timeout')).toBeLessThanOrEqual(timers);
      for (const each of held) each.unsubscribe();
    },
  );

  it('of informers, each with a handler, leave neither heap nor timer', async () => {
    const server = forgetful();
    const timers = active('Timeout');
    const left = await leftBy(() => {
      const informer = sharedInformer(server, { signal });
      informer.addEventHandler({ onAdd: () => undefined }).remove();
    });
    expect(left).toBeLessThan(slack);
    expect(server.openRequests).toBe(0);
    expect(active('Timeout')).toBeLessThanOrEqual(timers);
  });

  it('of a factory that is started again and again leave no heap', async () => {
    const factory = sharedInformerFactory(forgetful);
    factory.informer('v1/pods');
    expect(await leftBy(() => factory.connect({ signal }))).toBeLessThan(slack);
    factory.shutdown();
  });

  it('over real connections, a hundred at a time, leave no socket and no timer', async () => {
    const server = await apiServer();
    onTestFinished(() => server.stop({ how: 'reset' }));
    const data = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' } };
    server.apply('v1/configmaps', data);
    const configMaps = listWatch(kubeConfigOf(server.url), 'v1/configmaps');
    const [timers, sockets] = [active('Timeout'), active('TCPSocketWrap')];
    for (let round = 0; round < count / 100; round++) {
      const informer = sharedInformer(configMaps);
      const mounted = Array.from({ length: 100 }, () => informer.snapshot$.subscribe());
      // Every third round leaves before there is an answer.
      if (round % 3 > 0) await informer.whenSynced();
      expect(informer.snapshot$.value.size).toBe(round % 3 > 0 ? 1 : 0);
      for (const subscription of mounted) subscription.unsubscribe();
    }
    await eventually(() => expect([server.openStreams, server.connections]).toEqual([0, 0]));
    // Not in the wait itself, which has timers of its own.
    expect(active('TCPSocketWrap')).toBeLessThanOrEqual(sockets);
    expect(active('Timeout')).toBeLessThanOrEqual(timers);
    expect(server.requests.length).toBeGreaterThan(count / 200);
  });
});

it('what waits for a consumer that has stalled is bounded by the live keys, whatever comes and goes', async () => {
  const events$ = new Subject<InformerEvent<KubernetesObject>>();
  const subscription = events$.pipe(conflateByKey(() => NEVER)).subscribe();
  events$.next({ type: 'added', object: pod('stalled'), isInInitialList: true });
  let next = 0;
  const left = await leftBy(() => {
    const [object, newer] = [pod(`p${next}`, { version: 1 }), pod(`p${next++}`, { version: 2 })];
    events$.next({ type: 'added', object, isInInitialList: false });
    events$.next({ type: 'updated', object: newer, oldObject: object });
    events$.next({ type: 'deleted', object: newer, finalStateUnknown: false });
  });
  expect(left).toBeLessThan(slack);
  subscription.unsubscribe();
});
