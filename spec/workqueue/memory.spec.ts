import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lastValueFrom, map, range } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { rateLimitingQueue, reconciler } from 'kuberx/queue';
import { eventually } from '../eventually.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('the memory of a work queue', () => {
  it('is that of the keys that live: 100,000 have come and gone', async () => {
    const queue = reconciler(() => undefined);
    const keys = (count: number): Promise<unknown> =>
      lastValueFrom(queue.reconcile(range(0, count).pipe(map((each) => ({ key: `key ${each}` })))));
    await keys(1000);
    const before = heapUsed();
    await keys(100_000);
    await eventually(() => expect(heapUsed() - before).toBeLessThan(1_000_000));
    expect(queue.status$.value).toMatchObject({ ready: 0, running: 0, delayed: 0 });
  });

  it('keeps no item that was worked on', async () => {
    const queue = rateLimitingQueue<object>();
    const refs = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const item = { large: true };
        queue.add(item);
        const taken = await queue.get();
        queue.done(taken!);
        return new WeakRef(item);
      }),
    );
    await eventually(() => {
      collectGarbage();
      expect(refs.filter((ref) => ref.deref() !== undefined)).toEqual([]);
    });
    expect(queue.len()).toBe(0);
  });
});
