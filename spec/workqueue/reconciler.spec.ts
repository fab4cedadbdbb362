/* eslint-disable rxjs-x/finnish -- a run is a function that may return an Observable */
import { concat, EMPTY, finalize, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { reconciler, retryBy, RunAbortedError, type Run, type RunResult } from 'kuberx/queue';
import { pause } from '#src/streams/time/pause.ts';
import { plainRetry, world } from './world.ts';

const boom = (): never => {
  throw new Error('boom');
};
const takes =
  (delay: number) =>
  (_: Run, { scheduler }: { scheduler: Parameters<typeof pause>[1] }) =>
    pause(delay, scheduler);
const nothing = (): void => undefined;

describe('reconciler', () => {
  it('runs a woken key at once, and reports it', () => {
    world(
      () => undefined,
      {},
      (it) => {
        it.wake('a', { reason: { source: 'orders', type: 'added' } });
        expect(it.begun).toEqual(['a@0']);
        expect(it.reports).toEqual([
          {
            key: 'a',
            attempt: 1,
            took: 0,
            waited: 0,
            reasons: [{ source: 'orders', type: 'added' }],
            type: 'done',
            next: undefined,
          },
        ]);
      },
    );
  });

  it('runs a key once at a time, and once more for all wakes that came meanwhile', () => {
    world(takes(10), { concurrency: 5 }, (it) => {
      it.wake('a');
      it.wake('b');
      for (let count = 0; count < 5; count++) it.wake('a');
      it.until(100);
      expect(it.begun).toEqual(['a@0', 'b@0', 'a@10']);
    });
  });

  it('retries a failure with delays that double, and starts over after a success', () => {
    let left = 4;
    world(
      () => (left-- > 0 ? boom() : undefined),
      {},
      (it) => {
        it.wake('a');
        it.until(1000);
        expect(it.begun).toEqual(['a@0', 'a@5', 'a@15', 'a@35', 'a@75']);
        expect(it.reports.map(({ attempt, next }) => [attempt, next])).toEqual([
          [1, 5],
          [2, 10],
          [3, 20],
          [4, 40],
          [5, undefined],
        ]);
        left = 1;
        it.wake('a');
        it.until(2000);
        expect(it.reports.slice(5).map(({ attempt, next }) => [attempt, next])).toEqual([
          [1, 5],
          [2, undefined],
        ]);
      },
    );
  });
});

describe('reconciler: the order of keys', () => {
  it('takes the higher priority first, but for one pick in eight', () => {
    world(takes(1), {}, (it) => {
      it.wake('first');
      for (let count = 0; count < 3; count++) it.wake(`low${count}`, { priority: -100 });
      for (let count = 0; count < 20; count++) it.wake(`key${count}`);
      it.until(100);
      const order = it.begun.map((each) => each.split('@')[0]!);
      expect(order.indexOf('low0')).toBe(7);
      expect(order.indexOf('low1')).toBe(15);
      expect(order.indexOf('low2')).toBe(23);
    });
  });

  it('lets a low key rise at once when something happens to it, to the end of its new line', () => {
    world(takes(1), {}, (it) => {
      it.wake('first');
      it.wake('low', { priority: -100 });
      it.wake('a');
      it.wake('low');
      it.wake('b');
      it.until(10);
      expect(it.begun).toEqual(['first@0', 'a@1', 'low@2', 'b@3']);
    });
  });

  it('lets groups take turns', () => {
    world(takes(1), { group: (key) => key[0]! }, (it) => {
      it.wake('first');
      for (const key of ['a1', 'a2', 'a3', 'b1', 'c1']) it.wake(key);
      it.until(10);
      expect(it.begun.map((each) => each.split('@')[0])).toEqual(['first', 'a1', 'b1', 'c1', 'a2', 'a3']);
    });
  });

  it('starves no healthy key behind failing ones', () => {
    const run = ({ key }: Run): RunResult => (key === 'healthy' ? undefined : boom());
    world(run, { concurrency: 4 }, (it) => {
      for (const key of ['f1', 'f2', 'f3', 'f4']) it.wake(key);
      it.until(5000);
      it.wake('healthy');
      expect(it.types().at(-1)).toBe('healthy done');
    });
  });
});

describe('reconciler: times', () => {
  it('runs after what an outcome asks for at the latest: a run in between replaces it', () => {
    const outcomes = [{ requeueAfter: 3_600_000 }, undefined];
    world(
      () => outcomes.shift(),
      {},
      (it) => {
        it.wake('a');
        it.until(60_000);
        it.wake('a');
        it.until(10_000_000);
        expect(it.begun).toEqual(['a@0', 'a@60000']);
      },
    );
  });

  it('keeps the delayed wake of a source, whatever runs in between: one run', () => {
    world(nothing, {}, (it) => {
      it.wake('a', { after: 3_600_000 });
      it.wake('a', { after: 4_600_000 });
      it.until(60_000);
      it.wake('a');
      it.until(10_000_000);
      expect(it.begun).toEqual(['a@60000', 'a@3600000']);
    });
  });

  it('splits delays that a timer cannot hold, and never takes Infinity for a delay', () => {
    const days = 40 * 24 * 3_600_000;
    world(nothing, {}, (it) => {
      it.wake('a', { after: days });
      it.wake('b', { after: Infinity });
      it.until(days + 1);
      expect(it.begun).toEqual([`a@${days}`]);
      expect(it.timers()).toBe(0);
    });
  });

  it('runs what became due together in order, and no more of it than the concurrency', () => {
    world(takes(10), { concurrency: 2 }, (it) => {
      for (let count = 0; count < 6; count++) it.wake(`k${count}`, { after: 10 - count });
      it.until(200);
      expect(it.begun).toEqual(['k5@5', 'k4@6', 'k3@15', 'k2@16', 'k1@25', 'k0@26']);
    });
  });

  it('starts no more than its pace, retries included', () => {
    world(nothing, { pace: { rate: 10, burst: 2 }, concurrency: 10 }, (it) => {
      for (const key of ['a', 'b', 'c', 'd']) it.wake(key);
      it.until(1000);
      expect(it.begun).toEqual(['a@0', 'b@0', 'c@100', 'd@200']);
    });
  });
});

describe('reconciler: retries', () => {
  it('runs at once on a wake during a backoff, and uses up no retry', () => {
    world(boom, {}, (it) => {
      it.wake('a');
      it.until(200); // failed at 0, 5, 15, 35, 75, 155; the next is due at 315
      for (let count = 0; count < 10; count++) it.wake('a');
      it.until(314);
      expect(it.begun.filter((each) => each === 'a@200')).toHaveLength(10);
      expect(it.reports.at(-1)).toMatchObject({ attempt: 7, next: 115 });
      it.until(320);
      expect(it.begun.at(-1)).toBe('a@315');
      expect(it.reports.at(-1)).toMatchObject({ attempt: 7, next: 320 });
    });
  });

  it('counts a wake that comes within one first delay of the retry as that retry', () => {
    world(boom, {}, (it) => {
      it.wake('a');
      it.until(72); // due at 75
      it.wake('a');
      expect(it.reports.at(-1)).toMatchObject({ attempt: 5, next: 80 });
    });
  });

  it('forgets the failures of another identity', () => {
    let identity = 'one';
    world(boom, { identity: () => identity }, (it) => {
      it.wake('a');
      it.until(100);
      identity = 'two';
      it.wake('a');
      expect(it.reports.at(-1)).toMatchObject({ attempt: 1, next: 5 });
    });
  });

  it('waits as long as an error asks for, at least', () => {
    const retry = retryBy({ jitter: 0, classify: () => ({ retryAfter: 2000 }) });
    world(boom, { retry }, (it) => {
      it.wake('a');
      expect(it.reports.at(-1)).toMatchObject({ type: 'failed', next: 2000 });
    });
  });

  it('retries a lost race within 100 ms, and counts it for nothing', () => {
    const retry = retryBy({ jitter: 0, attempts: 2, classify: () => ({ type: 'conflict' }) });
    world(boom, { retry, random: () => 1 }, (it) => {
      it.wake('a');
      it.until(1000);
      expect(it.begun.slice(0, 3)).toEqual(['a@0', 'a@100', 'a@200']);
      expect(it.reports.every(({ type, attempt }) => type === 'conflict' && attempt === 1)).toBe(true);
    });
  });

  it('gives up after its attempts, says so for as long, and begins anew with the next wake', () => {
    world(boom, { retry: retryBy({ initial: 5, jitter: 0, attempts: 3 }) }, (it) => {
      it.wake('a');
      it.until(1000);
      expect(it.types()).toEqual(['a failed', 'a failed', 'a gaveUp']);
      expect(it.queue.explain('a')).toMatchObject({ state: 'gaveUp', failure: { message: 'boom' } });
      expect(it.queue.status$.value).toMatchObject({ failing: 1, gaveUp: 1, delayed: 0 });
      it.wake('a');
      expect(it.reports.at(-1)).toMatchObject({ type: 'failed', attempt: 1 });
    });
  });

  it('keeps the priority of what woke a key over its retries, until a success', () => {
    let left = 1;
    const run = ({ key }: Run): RunResult => (key === 'low' && left-- > 0 ? boom() : { requeueAfter: 5 });
    world(run, { opened$: of(true) }, (it) => {
      it.wake('low', { priority: -100 });
      it.stop();
      expect(it.queue.explain('low')).toMatchObject({ state: 'delayed' });
      it.start();
      it.until(5);
      expect(it.types().slice(0, 2)).toEqual(['low failed', 'low done']);
    });
  });
});

describe('reconciler: a run that is too long', () => {
  it('is aborted, and runs again without having failed', () => {
    const reasons: unknown[] = [];
    const run = ({ signal }: Run): RunResult => {
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      return NEVER;
    };
    world(run, { timeout: 50 }, (it) => {
      it.wake('a');
      it.until(60);
      expect(it.reports[0]).toMatchObject({ type: 'timedOut', attempt: 1, took: 50, next: 5 });
      expect(it.begun).toEqual(['a@0', 'a@55']);
      expect(reasons[0]).toBeInstanceOf(RunAbortedError);
      expect(reasons[0]).toMatchObject({ reason: 'timeout', key: 'a' });
    });
  });

  it('gives its slot to others if it ignores that, and keeps its key', async () => {
    const pending: PromiseWithResolvers<undefined>[] = [];
    const run = ({ key }: Run): RunResult => {
      if (key !== 'stuck') return undefined;
      const next = Promise.withResolvers<undefined>();
      pending.push(next);
      return next.promise;
    };
    const settled: (() => Promise<void>)[] = [];
    world(run, { timeout: 50, abandonAfter: 30 }, (it) => {
      it.wake('stuck');
      it.wake('b');
      it.wake('stuck');
      it.until(79);
      expect(it.begun).toEqual(['stuck@0']);
      it.until(200);
      expect(it.begun).toEqual(['stuck@0', 'b@80']);
      expect(it.types()).toEqual(['stuck abandoned', 'b done']);
      expect(it.queue.status$.value).toMatchObject({ abandoned: 1, running: 1 });
      expect(it.queue.explain('stuck')).toMatchObject({ state: 'abandoned', isPending: true });
      settled.push(async () => {
        it.start();
        pending[0]!.resolve(undefined);
        await Promise.resolve();
        await Promise.resolve();
        expect(it.types().at(-1)).toBe('stuck timedOut');
        expect(it.begun.filter((each) => each.startsWith('stuck'))).toHaveLength(2);
        it.stop();
      });
    });
    await settled[0]!();
  });
});

describe('reconciler: what a run may do wrong', () => {
  const cases: readonly (readonly [string, () => unknown, string, RegExp | undefined])[] = [
    ['throw', boom, 'failed', /boom/],
    ['return a number', () => 5, 'failed', /of type number/],
    ['return an object that is not an outcome', () => ({ kind: 'x' }), 'failed', /field kind/],
    ['ask for a delay of NaN', () => ({ requeueAfter: NaN }), 'failed', /requeueAfter is NaN/],
    ['ask for a negative delay', () => ({ requeueAfter: -1 }), 'failed', /requeueAfter is -1/],
    ['return an Observable that errors', () => throwError(() => new Error('boom')), 'failed', /boom/],
    ['return an Observable of a number', () => of(5), 'failed', /of type number/],
    ['return an Observable whose subscription throws', () => new Observable(boom), 'failed', /boom/],
    ['return an Observable that is empty', () => EMPTY, 'done', undefined],
    [
      'return an Observable whose last value is the outcome',
      () => of({ requeueAfter: 1 }, undefined),
      'done',
      undefined,
    ],
    ['return an object whose then throws', () => ({ then: boom }), 'failed', /boom/],
  ];

  it.each(cases)('has one report for a run that may %s', (_, run, type, message) => {
    world(run as () => RunResult, {}, (it) => {
      it.wake('a');
      it.wake('b');
      expect(it.types()).toEqual([`a ${type}`, `b ${type}`]);
      const [first] = it.reports;
      if (message) expect(String(first && 'error' in first ? first.error : '')).toMatch(message);
    });
  });

  it('takes a teardown that throws after the end for a failure', () => {
    world(
      (_, { scheduler }) => pause(3, scheduler).pipe(finalize(boom)),
      {},
      (it) => {
        it.wake('a');
        it.until(4);
        expect(it.types()).toEqual(['a failed']);
      },
    );
  });

  it('reports a teardown that throws when it is aborted, and goes on', () => {
    world(
      () => NEVER.pipe(finalize(boom)),
      { timeout: 10 },
      (it) => {
        it.wake('a');
        it.until(12);
        expect(it.reports[0]).toMatchObject({ type: 'timedOut', error: { errors: [{ message: 'boom' }] } });
        it.until(29);
        expect(it.begun).toEqual(['a@0', 'a@15']);
      },
    );
  });

  it('runs a key once more that wakes itself, and does not nest', () => {
    let left = 10_000;
    world(
      (_, it) => {
        if (left-- > 0) it.wake('a');
      },
      {},
      (it) => {
        it.wake('a');
        expect(it.begun).toHaveLength(10_001);
      },
    );
  });

  it('does not listen to a promise that settles twice', () => {
    const then = (resolve: () => void): void => {
      resolve();
      resolve();
    };
    const twice = { then } as unknown as PromiseLike<undefined>;
    world(
      () => twice,
      {},
      (it) => {
        it.wake('a');
        expect(it.types()).toEqual(['a done']);
      },
    );
  });

  it.each([
    ['a key that is not a string', { key: 5 }, '', []],
    ['a delay of NaN', { key: 'a', after: NaN }, 'a', ['a@0']],
    ['a negative delay', { key: 'a', after: -1 }, 'a', ['a@0']],
  ])('reports a wake with %s, and runs the key if there is one', (_, wake, key, begun) => {
    world(nothing, {}, (it) => {
      it.wakes$.next(wake as never);
      expect(it.reports[0]).toMatchObject({ type: 'refused', key });
      expect(it.begun).toEqual(begun);
    });
  });

  it('refuses a run that is not a function, and invalid options', () => {
    expect(() => reconciler(undefined as never)).toThrow(TypeError);
    expect(() => reconciler(nothing, { concurrency: 0 })).toThrow(RangeError);
    expect(() => reconciler(nothing, { timeout: NaN })).toThrow(RangeError);
    expect(() => reconciler(nothing, { lowEvery: 1 })).toThrow(RangeError);
    expect(() => reconciler(nothing, { pace: { rate: 0 } })).toThrow(RangeError);
    expect(() => retryBy({ initial: -1 })).toThrow(RangeError);
  });
});

describe('reconciler: unsubscribing', () => {
  it.each(['run', 'report', 'source'])('starts no run and leaves no timer when it happens inside a %s', (where) => {
    world(
      (_, it) => {
        if (where === 'run') it.stop();
        return { requeueAfter: 5 };
      },
      { concurrency: 1 },
      (it) => {
        if (where === 'report') it.queue.reports$.subscribe(() => it.stop());
        if (where === 'source') it.wakes$.subscribe(() => it.stop());
        it.wake('a');
        it.wake('b');
        it.until(1000);
        expect(it.begun).toEqual(['a@0']);
        expect(it.timers()).toBe(0);
        expect(it.wakes$.observed).toBe(where === 'source');
      },
    );
  });

  it('aborts the runs, keeps their work, and does it when it is subscribed to again', () => {
    const reasons: unknown[] = [];
    const run = ({ signal }: Run): RunResult => {
      signal.addEventListener('abort', () => reasons.push((signal.reason as RunAbortedError).reason));
      return NEVER;
    };
    world(run, {}, (it) => {
      it.wake('a', { reason: { source: 'x', type: 'added' } });
      it.wake('b');
      it.stop();
      expect(reasons).toEqual(['unsubscribed']);
      expect(it.types()).toEqual(['a aborted']);
      it.until(10);
      it.start();
      expect(it.begun).toEqual(['a@0', 'b@10']);
      expect(it.queue.explain('a')).toMatchObject({ state: 'ready', reasons: [{ source: 'x', type: 'added' }] });
    });
  });
});

describe('reconciler: draining', () => {
  it('lets runs end, starts no more, and completes', async () => {
    let drained: Promise<unknown> | undefined;
    world(takes(10), {}, (it) => {
      it.wake('a');
      it.wake('b');
      drained = it.queue.drain({ deadline: 100 });
      it.until(50);
      expect(it.types()).toEqual(['a done']);
      expect(it.isOver()).toBe(true);
    });
    expect(await drained).toEqual({ running: [] });
  });

  it('aborts runs at its deadline, and names those that do not end', async () => {
    let drained: Promise<unknown> | undefined;
    world(
      () => new Promise(nothing),
      { abandonAfter: 30 },
      (it) => {
        it.wake('a');
        drained = it.queue.drain({ deadline: 100 });
        it.until(131);
        expect(it.reports).toMatchObject([{ type: 'abandoned', reason: 'drained' }]);
        expect(it.isOver()).toBe(true);
        expect(it.timers()).toBe(0);
      },
    );
    expect(await drained).toEqual({ running: ['a'] });
  });

  it('refuses a deadline of NaN', async () => {
    await expect(reconciler(nothing).drain({ deadline: NaN })).rejects.toThrow(RangeError);
  });
});

describe('reconciler: what holds a key back', () => {
  it('waits for it without a slot, collects wakes meanwhile, and asks again', () => {
    const passed$ = new Subject<void>();
    let isBehind = true;
    const mayStart = (key: string) => (key === 'a' && isBehind ? { passed$, reason: 'writes/5' } : undefined);
    world(nothing, { mayStart }, (it) => {
      it.wake('a');
      it.wake('b');
      it.wake('a');
      expect(it.begun).toEqual(['b@0']);
      expect(it.queue.explain('a')).toMatchObject({ state: 'held', waitsFor: 'writes/5' });
      it.until(100);
      passed$.next();
      expect(it.begun).toEqual(['b@0']);
      isBehind = false;
      passed$.next();
      expect(it.begun).toEqual(['b@0', 'a@100']);
      it.until(101);
      expect(it.timers()).toBe(0);
    });
  });

  it('runs it after its deadline all the same, and reports that it is behind', () => {
    world(nothing, { mayStart: () => ({ passed$: NEVER, reason: 'writes/5' }), holdAtMost: 5000 }, (it) => {
      it.wake('a');
      it.until(6000);
      expect(it.begun).toEqual(['a@5000']);
      expect(it.types()).toEqual(['a behind', 'a done']);
      expect(it.reports[0]).toMatchObject({ reason: 'writes/5' });
    });
  });

  it('does not go round in a circle if it passes at once', () => {
    world(nothing, { mayStart: () => ({ passed$: of(1), reason: 'x' }) }, (it) => {
      it.wake('a');
      expect(it.types()).toEqual(['a done']);
    });
  });

  it('takes in wakes while it is closed, and runs them when it opens', () => {
    const opened$ = new Subject<boolean>();
    world(nothing, { opened$: concat(of(false), opened$), concurrency: 9 }, (it) => {
      it.wake('low', { priority: -100 });
      it.wake('a');
      expect(it.begun).toEqual([]);
      expect(it.queue.status$.value).toMatchObject({ isOpen: false, ready: 2, low: 1 });
      opened$.next(true);
      expect(it.begun).toEqual(['a@0', 'low@0']);
      opened$.next(false);
      it.wake('b');
      expect(it.begun).toHaveLength(2);
    });
  });
});

describe('reconciler: reports', () => {
  it('decide nothing: a key is free before its report is delivered', () => {
    world(nothing, {}, (it) => {
      const seen: number[] = [];
      it.queue.reports$.subscribe(() => seen.push(it.queue.status$.value.running));
      it.wake('a');
      expect(seen).toEqual([0]);
    });
  });

  it('come in one order for everyone, also those that a report causes', () => {
    world(nothing, { concurrency: 5 }, (it) => {
      const seen: string[] = [];
      it.queue.reports$.subscribe(({ key }) => {
        if (key === 'a') it.wake('b');
      });
      it.queue.reports$.subscribe(({ key }) => seen.push(key));
      it.wake('a');
      expect(seen).toEqual(['a', 'b']);
    });
  });
});

describe('reconciler: memory', () => {
  it('knows nothing of keys that have been used: 100,000 of them', () => {
    world(nothing, { retry: plainRetry }, (it) => {
      for (let count = 0; count < 100_000; count++) it.wake(`key${count}`);
      expect(it.begun).toHaveLength(100_000);
      expect(it.queue.status$.value).toMatchObject({ ready: 0, delayed: 0, running: 0, failing: 0 });
      it.until(1);
      expect(it.timers()).toBe(0);
    });
  });
});
