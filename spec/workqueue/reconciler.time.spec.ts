import { Subject, VirtualTimeScheduler } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reconciler, type Report, type Wake } from 'kuberx/queue';
import { pause } from '#src/streams/time/pause.ts';
import { seededRandom } from '../../scripts/soak/seeded-random.ts';
import { plainRetry } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A platform that can stop, as a laptop that is closed: the timers of that time fire late and together. */
class StoppingScheduler extends VirtualTimeScheduler {
  /** Goes on to a time. */
  until(time: number): void {
    for (let [next] = this.actions; next !== undefined && next.delay <= time; [next] = this.actions) {
      this.actions.shift();
      this.frame = Math.max(this.frame, next.delay);
      next.execute(next.state as never, next.delay);
    }
    this.frame = Math.max(this.frame, time);
  }

  stop(milliseconds: number): void {
    this.frame += milliseconds;
  }
}

describe('reconciler: a platform that stops for an hour', () => {
  it.each([1, 2, 3, 4, 5])(
    'runs all that became due in its order, and no more than its concurrency (seed %d)',
    (seed) => {
      const random = seededRandom(seed);
      const scheduler = new StoppingScheduler();
      const concurrency = 3;
      let running = 0;
      let most = 0;
      const begun: { readonly key: string; readonly at: number }[] = [];
      const queue = reconciler(
        ({ key }) => {
          begun.push({ key, at: scheduler.now() });
          most = Math.max(most, ++running);
          return pause(1 + Math.floor(random() * 5000), scheduler);
        },
        { scheduler, concurrency, random, retry: plainRetry },
      );
      const wakes$ = new Subject<Wake>();
      const reports: Report[] = [];
      queue.reconcile(wakes$).subscribe((report) => {
        running--;
        reports.push(report);
      });
      const dues = new Map(Array.from({ length: 300 }, (_, index) => [`k${index}`, Math.floor(random() * 4 * hour)]));
      for (const [key, after] of dues) wakes$.next({ key, after });
      const stopsAt = Math.floor((0.5 + random()) * hour);
      scheduler.until(stopsAt);
      const before = begun.length;
      scheduler.stop(hour);
      scheduler.until(8 * hour);
      expect(most).toBe(concurrency);
      expect(reports.map(({ type }) => type)).toEqual(Array.from({ length: 300 }, () => 'done'));
      expect(begun.map(({ key }) => key)).toEqual([...dues].sort((a, b) => a[1] - b[1]).map(([key]) => key));
      const late = begun.slice(before).filter(({ key }) => dues.get(key)! <= stopsAt + hour);
      expect(late.length).toBeGreaterThan(30);
      expect(late[0]!.at).toBe(stopsAt + hour);
      expect(queue.status$.value).toMatchObject({ ready: 0, delayed: 0, running: 0 });
      expect(running).toBe(0);
    },
  );

  it('aborts a run whose time was over meanwhile, once, and goes on', () => {
    const scheduler = new StoppingScheduler();
    const queue = reconciler(({ key }) => (key === 'a' ? pause(20 * 60_000, scheduler) : undefined), {
      scheduler,
      timeout: 60_000,
      retry: plainRetry,
    });
    const wakes$ = new Subject<Wake>();
    const types: string[] = [];
    queue.reconcile(wakes$).subscribe(({ key, type }) => types.push(`${key} ${type}`));
    wakes$.next({ key: 'a' });
    wakes$.next({ key: 'b' });
    scheduler.until(10);
    scheduler.stop(hour);
    scheduler.until(hour + 10);
    expect(types).toEqual(['a timedOut', 'b done']);
  });
});

describe('reconciler: a wall clock that jumps', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([day, -day])('keeps delays, retries and their order where it jumps by %d ms', async (jump) => {
    vi.useFakeTimers();
    const started = performance.now();
    const begun: string[] = [];
    let failures = 2;
    const queue = reconciler(
      ({ key }) => {
        begun.push(`${key}@${Math.round(performance.now() - started)}`);
        if (key === 'failing' && failures-- > 0) throw new Error('boom');
        return key === 'again' && begun.length < 4 ? { requeueAfter: 5000 } : undefined;
      },
      { retry: plainRetry, pace: { rate: 1000, burst: 10 } },
    );
    const wakes$ = new Subject<Wake>();
    const held = queue.reconcile(wakes$).subscribe();
    for (const [key, after] of Object.entries({ failing: 0, again: 0, late: 9000, soon: 2000 }))
      wakes$.next({ key, after });
    vi.setSystemTime(Date.now() + jump);
    expect(queue.explain('soon')).toMatchObject({ state: 'delayed', next: 2000 });
    await vi.advanceTimersByTimeAsync(2500);
    vi.setSystemTime(Date.now() + jump);
    expect(queue.explain('late').next).toBe(6500);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(begun).toEqual(['failing@0', 'again@0', 'failing@5', 'failing@15', 'soon@2000', 'again@5000', 'late@9000']);
    expect(queue.status$.value.lastEnd).toBeLessThan(20_000);
    held.unsubscribe();
    expect(vi.getTimerCount()).toBe(0);
  });
});
