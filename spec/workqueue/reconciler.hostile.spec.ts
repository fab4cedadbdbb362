/* eslint-disable rxjs-x/finnish -- a run is a function that may return an Observable */
import { config, NEVER, of, Subject } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { reconciler, type Run, type RunResult, type Wake } from 'kuberx/queue';
import { pause } from '#src/streams/time/pause.ts';
import { world } from './world.ts';

const nothing = (): void => undefined;

describe('reconciler, used badly', () => {
  afterEach(() => {
    config.onUnhandledError = null;
  });

  it('starts no run where the report that a key is behind makes its subscriber leave', () => {
    world(nothing, { mayStart: () => ({ passed$: NEVER, reason: 'x' }), holdAtMost: 10 }, (it) => {
      it.queue.reports$.subscribe(({ type }) => {
        if (type === 'behind') it.stop();
      });
      it.wake('a');
      it.until(100);
      expect(it.types()).toEqual(['a behind']);
      expect(it.begun).toEqual([]);
      expect(it.queue.status$.value).toMatchObject({ ready: 1, held: 0, running: 0 });
      expect(it.timers()).toBe(0);
    });
  });

  it('runs a key whose hold is invalid, and hands the error to RxJS', async () => {
    const errors: unknown[] = [];
    config.onUnhandledError = (error) => errors.push(error);
    world(nothing, { mayStart: () => ({ passed$: undefined as never, reason: 'x' }) }, (it) => {
      it.wake('a');
      it.wake('b');
      expect(it.types()).toEqual(['a done', 'b done']);
      it.until(1);
      expect(it.timers()).toBe(0);
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(errors).toHaveLength(2);
  });

  it('ends a drain by its deadline, also where a promise was left behind by an unsubscribe', async () => {
    let drained: Promise<unknown> | undefined;
    world(
      () => new Promise(nothing),
      { abandonAfter: 30 },
      (it) => {
        it.wake('a');
        it.stop();
        drained = it.queue.drain({ deadline: 100 });
        it.until(200);
        expect(it.types()).toEqual(['a abandoned']);
        expect(it.timers()).toBe(0);
      },
    );
    expect(await drained).toEqual({ running: ['a'] });
  });

  it('lets others have the event loop after 10 ms of starting, such as who renews a lease', () => {
    const loop: string[] = [];
    world(
      ({ key }, { scheduler }) => {
        loop.push(key);
        scheduler.frame += 3;
      },
      { concurrency: 10 },
      (it) => {
        it.scheduler.schedule(() => loop.push('renewed'));
        for (let count = 0; count < 9; count++) it.wake(`k${count}`);
        it.until(1000);
      },
    );
    expect(loop.indexOf('renewed')).toBe(4);
    expect(loop.slice(-5)).toEqual(['k4', 'k5', 'k6', 'k7', 'k8']);
  });

  it('keeps to one run of a key while it is subscribed to and left 1,000 times', async () => {
    let running = 0;
    let most = 0;
    const queue = reconciler(async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      await Promise.resolve();
      running--;
    });
    const wakes$ = new Subject<Wake>();
    for (let count = 0; count < 1000; count++) {
      const subscription = queue.reconcile(wakes$).subscribe();
      wakes$.next({ key: 'a' });
      if (count % 3 === 0) await Promise.resolve();
      subscription.unsubscribe();
    }
    expect(most).toBe(1);
    expect(wakes$.observed).toBe(false);
  });

  it('runs 1,000 low keys within eight picks each, beside ten times as much work as it can do', () => {
    world(
      (_, { scheduler }) => pause(1, scheduler),
      {},
      (it) => {
        it.wake('first');
        for (let low = 0; low < 1000; low++) it.wake(`low${low}`, { priority: -100 });
        for (let frame = 0; frame < 8100; frame++) {
          for (let each = 0; each < 10; each++) it.wake(`key${(frame * 10 + each) % 10_000}`);
          it.until(frame);
        }
        const lows = it.begun.flatMap((run, pick) => (run.startsWith('low') ? [pick] : []));
        expect(lows).toHaveLength(1000);
        expect(lows.at(-1)).toBeLessThanOrEqual(8 * 1000);
      },
    );
  });

  it('counts timed retries alone under 100 wakes each second, and does not let others wait', () => {
    const run = ({ key }: Run): RunResult => {
      if (key === 'failing') throw new Error('boom');
    };
    world(run, {}, (it) => {
      for (let frame = 0; frame < 10_000; frame += 10) {
        it.until(frame);
        it.wake('failing');
        it.wake('healthy');
      }
      const healthy = it.reports.filter(({ key }) => key === 'healthy');
      expect(healthy).toHaveLength(1000);
      expect(Math.max(...healthy.map(({ waited }) => waited))).toBe(0);
      const attempt = Math.max(...it.reports.map((report) => report.attempt));
      // 5 ms doubled: the delay after the eleventh failure would end after the 10 s.
      expect(attempt).toBeLessThanOrEqual(12);
      expect(attempt).toBeGreaterThan(8);
    });
  });

  it('refuses a wake of undefined, and one that throws when it is looked at, and goes on', () => {
    const throwing = Object.defineProperty({}, 'key', {
      get: () => {
        throw new Error('boom');
      },
    });
    world(nothing, {}, (it) => {
      it.wakes$.next(undefined as never);
      it.wakes$.next(throwing as never);
      it.wakes$.next('default/a' as never);
      it.wake('b');
      expect(it.types()).toEqual([' refused', ' refused', ' refused', 'b done']);
      expect(it.errors).toEqual([]);
    });
  });

  it.each([null, 5])('runs a key without its reason where that is %j, and says so', (reason) => {
    world(nothing, {}, (it) => {
      it.wakes$.next({ key: 'a', reason } as never);
      expect(it.reports).toMatchObject([
        { type: 'refused', reasons: [] },
        { type: 'done', reasons: [] },
      ]);
    });
  });

  it('refuses a retry that retryBy has not made, before it locks the first key that fails', () => {
    expect(() => reconciler(nothing, { retry: { attempts: 3 } as never })).toThrow(/retry takes what retryBy returns/);
    expect(() => reconciler(nothing, { opened$: true as never })).toThrow(/opened\$/);
  });

  it('can be subscribed to again by who hears of its end', () => {
    const queue = reconciler(nothing);
    const types: string[] = [];
    const errors: unknown[] = [];
    const again = (): void => {
      queue.reconcile(of({ key: 'b' })).subscribe({
        next: ({ key, type }) => types.push(`${key} ${type}`),
        error: (error: unknown) => errors.push(error),
      });
    };
    queue.reconcile(of({ key: 'a' })).subscribe({ complete: again });
    expect(errors).toEqual([]);
    expect(types).toEqual(['b done']);
    expect(queue.status$.value.isConnected).toBe(false);
  });

  it('resolves each of two drains, and runs again after them', async () => {
    const drains: Promise<unknown>[] = [];
    world(
      (_, { scheduler }) => pause(10, scheduler),
      {},
      (it) => {
        it.wake('a');
        it.wake('b');
        drains.push(it.queue.drain({ deadline: 5000 }), it.queue.drain());
        it.until(20);
        expect(it.isOver()).toBe(true);
        drains.push(it.queue.drain());
        it.start();
        it.until(40);
        expect(it.types()).toEqual(['a done', 'b done']);
        it.until(6000);
        expect(it.timers()).toBe(0);
      },
    );
    expect(await Promise.all(drains)).toEqual([{ running: [] }, { running: [] }, { running: [] }]);
  });

  it('drains a queue from inside of one of its runs', async () => {
    let drained: Promise<unknown> | undefined;
    world(
      (_, it) => void (drained = it.queue.drain()),
      {},
      (it) => {
        it.wake('a');
        it.wake('b');
        expect(it.types()).toEqual(['a done']);
        expect(it.isOver()).toBe(true);
      },
    );
    expect(await drained).toEqual({ running: [] });
  });
});
