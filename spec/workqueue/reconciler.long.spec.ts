import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lastValueFrom, map, range, Subject, VirtualTimeScheduler } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { reconciler, type Wake } from 'kuberx/queue';
import { pause } from '#src/streams/time/pause.ts';
import { eventually } from '../eventually.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const minutes = 10;
const frames = minutes * 60_000;
const lows = 1000;

describe('reconciler, for 10 minutes with ten times as much work as it can do', () => {
  // 6,000,000 wakes for 600,000 runs: a short form of 8 s is in reconciler.hostile.spec.ts.
  it('runs 1,000 low keys within eight picks each, wave after wave, and keeps the memory of the keys that live', () => {
    const scheduler = new VirtualTimeScheduler();
    const wakes$ = new Subject<Wake>();
    let picks = 0;
    let wave = 0;
    let left = 0;
    let began = 0;
    const waves: number[] = [];
    const runs = new Map<string, number>();
    const queue = reconciler(
      ({ key }) => {
        picks++;
        if (key.startsWith('low') && --left === 0) waves.push(picks - began);
        if (key.startsWith('key')) runs.set(key, (runs.get(key) ?? 0) + 1);
        return pause(1, scheduler);
      },
      { scheduler },
    );
    queue.reconcile(wakes$).subscribe();
    for (let frame = 0; frame < frames; frame++) {
      if (left === 0) {
        wave++;
        left = lows;
        began = picks;
        for (let low = 0; low < lows; low++) wakes$.next({ key: `low${low} ${wave}`, priority: -100 });
      }
      for (let each = 0; each < 10; each++) wakes$.next({ key: `key${(frame * 10 + each) % 10_000}` });
      scheduler.maxFrames = frame;
      scheduler.flush();
      scheduler.frame = frame;
    }
    expect(picks).toBeGreaterThan(frames - 10);
    expect(waves.length).toBeGreaterThan(70);
    expect(Math.max(...waves)).toBeLessThanOrEqual(8 * lows);
    // In order: nobody is passed over.
    const counts = [...runs.values()];
    expect(runs.size).toBe(10_000);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(queue.status$.value).toMatchObject({ delayed: 0, failing: 0, running: 1 });
    expect(queue.status$.value.ready).toBeLessThanOrEqual(10_000 + lows);
  }, 300_000);
});

describe('reconciler, for 1,000,000 keys that come once each', () => {
  it('holds as much as before', async () => {
    const queue = reconciler(() => undefined);
    const keys = (count: number): Promise<unknown> =>
      lastValueFrom(queue.reconcile(range(0, count).pipe(map((each) => ({ key: `key ${each}` })))));
    await keys(1000);
    const before = heapUsed();
    await keys(1_000_000);
    await eventually(() => expect(heapUsed() - before).toBeLessThan(2 ** 20));
    expect(queue.status$.value).toMatchObject({ ready: 0, running: 0, delayed: 0, failing: 0 });
  }, 60_000);
});
