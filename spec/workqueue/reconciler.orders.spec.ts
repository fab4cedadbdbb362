/* eslint-disable rxjs-x/finnish -- a run is a function that may return an Observable */
import { config, defer, finalize, map, Observable, of, Subject, type Subscription, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconciler, type Reconciler, type Report, type Run, type RunResult, type Wake } from 'kuberx/queue';
import { plainRetry } from './world.ts';

const boom = new Error('boom');
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

/** How a run ends: with a value that it returns, or with what it throws. */
type End = { readonly value: unknown } | { readonly error: unknown };

const ends: Readonly<Record<string, End>> = {
  'a number': { value: 5 },
  'an array': { value: [] },
  'a foreign field': { value: { requeue: true } },
  'an instance of a class': { value: new Map() },
  'a function': { value: () => undefined },
  'a delay of NaN': { value: { requeueAfter: NaN } },
  'a negative delay': { value: { requeueAfter: -1 } },
  'a priority of Infinity': { value: { priority: Infinity } },
  'an outcome that throws when it is read': {
    value: Object.defineProperty({}, 'requeueAfter', { get: () => { throw boom; }, enumerable: true }), // prettier-ignore
  },
  'an error': { error: boom },
  'nothing thrown': { error: undefined },
  'a text thrown': { error: 'boom' },
  'a symbol thrown': { error: Symbol('boom') },
  'an error that throws when it is read': { error: revoked() },
};

const over = (end: End): unknown => {
  if ('error' in end) throw end.error;
  return end.value;
};

/** Says that a run works on after it has returned. What it returns is called when that is over. */
type Works = () => () => void;
type Deliver = (end: End, scheduler: TestScheduler, works: Works) => unknown;

/** When a run comes to its end, and as what. */
const deliveries: Readonly<Record<string, Deliver>> = {
  'at once': over,
  'as a promise': async (end, _, works) => {
    const ended = works();
    await Promise.resolve();
    ended();
    return over(end);
  },
  'as a promise, later': async (end, scheduler, works) => {
    const ended = works();
    await new Promise<void>((resolve) => scheduler.schedule(() => resolve(), 5));
    ended();
    return over(end);
  },
  'as an Observable': (end, _, works) => defer(() => defer(() => of(over(end))).pipe(finalize(works()))),
  'as an Observable, later': (end, scheduler, works) =>
    defer(() => timer(5, scheduler).pipe(map(() => over(end)), finalize(works()))), // prettier-ignore
  'as an Observable whose teardown throws': (end, _, works) =>
    new Observable((subscriber) => {
      subscriber.add(works());
      subscriber.add(() => {
        throw boom;
      });
      if ('error' in end) subscriber.error(end.error);
      else subscriber.next(end.value);
      subscriber.complete();
    }),
  'as a thenable that settles twice, at once': (end) => ({
    then: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => {
      for (let count = 0; count < 2; count++) {
        if ('error' in end) reject(end.error);
        else resolve(end.value);
      }
    },
  }),
};

/** A work queue with one bad key `a` and one good key `b`. */
class Scene {
  readonly scheduler = new TestScheduler(() => undefined);
  readonly wakes$ = new Subject<Wake>();
  readonly reports: Report[] = [];
  readonly queue: Reconciler;
  isBad = true;
  begun = 0;
  /** The runs of `a` that have not come to their end. */
  readonly working = new Set<object>();
  mostWorking = 0;
  onRun: () => void = () => undefined;
  private subscription: Subscription | undefined;

  constructor(end: End, deliver: Deliver, timeout: number) {
    const { scheduler } = this;
    const run = ({ key }: Run): RunResult => {
      if (key !== 'a') return undefined;
      this.begun++;
      const own = { works: 0 };
      const works = (): (() => void) => {
        own.works++;
        this.working.add(own);
        this.mostWorking = Math.max(this.mostWorking, this.working.size);
        return () => {
          if (--own.works === 0) this.working.delete(own);
        };
      };
      const returned = works();
      try {
        this.onRun();
        return this.isBad ? (deliver(end, scheduler, works) as RunResult) : undefined;
      } finally {
        returned();
      }
    };
    const options = { scheduler, retry: plainRetry, random: () => 0, timeout, abandonAfter: 1 };
    this.queue = reconciler(run, options);
    this.queue.reports$.subscribe((report) => this.reports.push(report));
  }

  start(): void {
    this.subscription = this.queue.reconcile(this.wakes$).subscribe();
  }

  stop(): void {
    this.subscription?.unsubscribe();
  }

  wake(): void {
    this.wakes$.next({ key: 'a' });
    this.wakes$.next({ key: 'b' });
  }

  /** Lets time pass, and promises settle. */
  async pass(milliseconds: number): Promise<void> {
    for (let count = 0; count < milliseconds; count++) {
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
      const until = this.scheduler.frame + 1;
      this.scheduler.maxFrames = until;
      this.scheduler.flush();
      this.scheduler.frame = until;
    }
    for (let turn = 0; turn < 4; turn++) await Promise.resolve();
  }
}

/** What happens beside the run. */
const meanwhiles: Readonly<Record<string, (scene: Scene) => unknown>> = {
  'nothing else': () => undefined,
  'its key is woken during the run': (scene) =>
    (scene.onRun = () => {
      if (scene.begun < 9) scene.wakes$.next({ key: 'a' });
    }),
  'its key is woken by its report': (scene) =>
    scene.queue.reports$.subscribe(({ key }) => {
      if (key === 'a' && scene.begun < 9) scene.wakes$.next({ key });
    }),
  'it is unsubscribed inside the run, and subscribed to again': (scene) =>
    (scene.onRun = () => {
      scene.onRun = () => undefined;
      scene.stop();
      scene.start();
    }),
  'it is unsubscribed inside a report, and subscribed to again': (scene) =>
    scene.queue.reports$.subscribe(() => {
      if (scene.begun > 2) return;
      scene.stop();
      scene.start();
    }),
  'it is unsubscribed after 2 ms, and subscribed to again after 1 more': (scene) =>
    scene.scheduler.schedule(() => {
      scene.stop();
      scene.scheduler.schedule(() => scene.start(), 1);
    }, 2),
  'it is drained after 2 ms, and subscribed to again': (scene) =>
    scene.scheduler.schedule(() => {
      void scene.queue.drain({ deadline: 1 });
      scene.scheduler.schedule(() => {
        scene.stop();
        scene.start();
      }, 3);
    }, 2),
};

const tells = new Set(['abandoned', 'behind', 'refused']);

describe('reconciler: a run that ends badly, in every order', () => {
  const unhandled: unknown[] = [];
  const rejected = (error: unknown): number => unhandled.push(error);

  beforeEach(() => {
    unhandled.length = 0;
    config.onUnhandledError = rejected;
    process.on('unhandledRejection', rejected);
  });
  afterEach(() => {
    config.onUnhandledError = null;
    process.off('unhandledRejection', rejected);
  });

  const orders = Object.keys(meanwhiles).flatMap((meanwhile) =>
    [Infinity, 3].map((timeout) => [meanwhile, timeout] as const),
  );

  it.each(orders)('has one report for each run, and goes on, where %s (timeout %d)', async (meanwhile, timeout) => {
    for (const [name, deliver] of Object.entries(deliveries)) {
      for (const [ended, end] of Object.entries(ends)) {
        const scene = new Scene(end, deliver, timeout);
        meanwhiles[meanwhile]!(scene);
        scene.start();
        scene.wake();
        await scene.pass(40);
        scene.isBad = false;
        scene.onRun = () => undefined;
        await scene.pass(20);
        const before = scene.reports.length;
        scene.wake();
        await scene.pass(2);
        const own = scene.reports.filter(({ key, type }) => key === 'a' && !tells.has(type));
        const last = scene.reports.slice(before).map(({ key, type }) => `${key} ${type}`);
        const seen = { reports: own.length, most: scene.mostWorking, working: scene.working.size, last };
        expect(seen, `${ended}, ${name}`).toEqual({
          reports: scene.begun,
          most: 1,
          working: 0,
          last: ['a done', 'b done'],
        });
        scene.stop();
        await scene.pass(200);
        expect(scene.scheduler.actions, `${ended}, ${name}`).toEqual([]);
        expect(scene.wakes$.observed).toBe(false);
      }
    }
    await new Promise((resolve) => setTimeout(resolve));
    expect(unhandled).toEqual([]);
  });
});
