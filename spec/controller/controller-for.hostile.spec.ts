import { delay, NEVER, Observable, of, Subject, Subscription, throwError, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { controllerFor, type ControllerOptions } from 'kuberx';
import { awaitable } from 'kuberx/http';
import type { Report } from 'kuberx/queue';
import { type ConfigMap, configMaps, virtualCluster } from './virtual-cluster.ts';

const named = (name: string) => ({ namespace: 'default', name });

/** A controller over one ConfigMap `a`, which is connected when time first passes, with its reports. */
function setting(options: ControllerOptions<ConfigMap>) {
  const cluster = virtualCluster();
  cluster.server.create(configMaps, { metadata: named('a') });
  const { scheduler } = cluster;
  const controller = controllerFor(cluster.informer(), { scheduler, random: () => 0, ...options });
  const reports: Report[] = [];
  const connected = new Subscription();
  // Later: without a socket all that it asks for is answered at once, before this function has returned.
  scheduler.schedule(() => connected.add(controller.reports$.subscribe((report) => reports.push(report))));
  const types = () => reports.map(({ key, type }) => `${key} ${type}`);
  return { cluster, controller, connected, reports, types };
}

describe('controllerFor, used badly', () => {
  it('stops when it is let go inside of a run, leaves no timer, and does the work when it is held again', () => {
    const runs: string[] = [];
    const it = setting({
      reconcile: ({ key }) => {
        runs.push(key);
        if (runs.length === 1) it.connected.unsubscribe();
        return { requeueAfter: 5 };
      },
    });
    it.cluster.pass(10_000);
    expect(runs).toEqual(['default/a']);
    expect(it.controller.status$.value).toMatchObject({ isConnected: false, hasSynced: false });
    expect(it.cluster.scheduler.actions).toEqual([]);
    const again = it.controller.connect();
    it.cluster.pass(1000);
    expect(runs.length).toBeGreaterThan(1);
    again.unsubscribe();
  });

  it('aborts a run in the middle of a write, and asks the server what became of that before the next', async () => {
    const errors: unknown[] = [];
    const seen: unknown[] = [];
    const it = setting({
      timeout: 60,
      reconcile: async ({ object, writer }) => {
        seen.push(object?.data);
        if (object === undefined || object.data?.['x'] !== undefined) return;
        const { scheduler } = it.cluster;
        const real = it.cluster.client();
        // The server has done it, and its answer takes longer than the run may.
        const slow: typeof real = {
          ...real,
          patch: (reference, patch) => awaitable(real.patch(reference, patch).pipe(delay(100, scheduler))),
        };
        try {
          await writer(slow).edit(object, (draft) => void (draft.data = { x: '1' }));
        } catch (error) {
          errors.push(error);
          throw error;
        }
      },
    });
    for (let step = 0; step < 200; step++) {
      it.cluster.pass(10);
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
    }
    expect(errors).toMatchObject([{ name: 'RunAbortedError', reason: 'timeout' }]);
    expect(it.types()).toEqual(['default/a timedOut', 'default/a done']);
    expect(it.cluster.server.requests.map(({ verb }) => verb).slice(-2)).toEqual(['patch', 'get']);
    expect(seen).toEqual([undefined, { x: '1' }]);
  });

  it('fails a run whose object goes under its hands, and runs once more without it', () => {
    const seen: boolean[] = [];
    const it = setting({
      reconcile: ({ object, writer }) => {
        seen.push(object !== undefined);
        if (object === undefined) return undefined;
        it.cluster.server.delete(configMaps, 'default/a');
        return writer(it.cluster.client()).edit(object, (draft) => void (draft.data = { x: '1' }));
      },
    });
    it.cluster.pass(10_000);
    expect(seen).toEqual([true, false]);
    expect(it.reports).toMatchObject([{ type: 'failed', error: { reason: 'NotFound' } }, { type: 'done' }]);
    expect(it.controller.status$.value).toMatchObject({ failing: 0, delayed: 0 });
  });

  it('lives with sources that fail in every way, and lets none of them hold the others up', () => {
    let subscribed = 0;
    const boom = (): never => {
      subscribed++;
      throw new Error('boom');
    };
    const wakes = [
      throwError(() => new Error('boom')),
      new Observable<never>(boom),
      new Observable<never>(() => boom),
      of({ key: 5 }, undefined, 'default/b', { key: 'c', after: NaN }),
      NEVER,
    ] as never[];
    const it = setting({ reconcile: () => undefined, wakes });
    it.cluster.pass(100_000);
    expect(it.types().sort()).toEqual([' refused', ' refused', ' refused', 'c done', 'c refused', 'default/a done']);
    expect(subscribed).toBeLessThan(12);
    const states = it.controller.status$.value.sources.map(({ name, state }) => `${name} ${state}`);
    expect(states).toEqual([
      'v1/configmaps flowing',
      'wakes 1 failing',
      'wakes 2 failing',
      'wakes 3 flowing',
      'wakes 4 completed',
      'wakes 5 flowing',
    ]);
    // RxJS tells of a teardown that throws, after all of them.
    expect(() => it.connected.unsubscribe()).toThrow('boom');
    expect(it.controller.status$.value.isConnected).toBe(false);
    expect(it.cluster.scheduler.actions).toEqual([]);
  });

  it('drains once for two drains, whoever holds it, and starts anew', async () => {
    const gate$ = new Subject<undefined>();
    let runs = 0;
    const it = setting({ reconcile: () => (runs++ === 0 ? gate$ : undefined) });
    const second = it.controller.connect();
    it.cluster.pass(1000);
    const drains = [it.controller.drain(), it.controller.drain({ deadline: 60_000 })];
    it.cluster.pass(100);
    expect(second.closed).toBe(false);
    gate$.complete();
    expect(await Promise.all(drains)).toEqual([{ running: [] }, { running: [] }]);
    expect(second.closed).toBe(true);
    expect(it.cluster.scheduler.actions).toEqual([]);
    const third = it.controller.connect();
    it.cluster.server.create(configMaps, { metadata: named('b') });
    it.cluster.pass(5000);
    expect(runs).toBe(3);
    expect(await it.controller.drain()).toEqual({ running: [] });
    expect(third.closed).toBe(true);
  });

  it('does not wait for a run that never ends, where it has a deadline', async () => {
    const it = setting({ reconcile: () => new Promise<void>(() => undefined), abandonAfter: 50 });
    it.cluster.pass(1000);
    const drained = it.controller.drain({ deadline: 100 });
    it.cluster.pass(200);
    expect(await drained).toEqual({ running: ['default/a'] });
    expect(it.controller.explain('default/a')).toMatchObject({ state: 'abandoned' });
    it.controller.connect();
    it.cluster.server.apply(configMaps, { metadata: named('a'), data: { x: '1' } });
    it.cluster.pass(5000);
    expect(it.types().filter((type) => type !== 'default/a abandoned')).toEqual([]);
  });

  it('keeps an Observable that outlives its object to its own key', () => {
    const it = setting({
      concurrency: 2,
      reconcile: ({ key }) => (key === 'default/a' ? timer(60_000, it.cluster.scheduler) : undefined) as never,
    });
    it.cluster.pass(1000);
    it.cluster.server.delete(configMaps, 'default/a');
    it.cluster.server.create(configMaps, { metadata: named('b') });
    it.cluster.pass(1000);
    expect(it.types()).toEqual(['default/b done']);
    expect(it.controller.explain('default/a')).toMatchObject({ state: 'running', isPending: true });
  });
});
