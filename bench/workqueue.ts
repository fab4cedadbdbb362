// `npm run bench:workqueue`: what a key costs in a work queue, beside the least that a queue can be, in one run.
import { lastValueFrom, map, range } from 'rxjs';
import { reconciler } from 'kuberx/queue';
import { WorkLines } from '#src/workqueue/lines/work-lines.ts';
import { BareQueue } from './workqueue/bare-queue.ts';

const sizes = [1_000, 100_000, 1_000_000] as const;
const rounds = 5;

const keysOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `default/key-${index}`);

/** The least of several times, in nanoseconds for each key. */
function least(count: number, work: () => void): number {
  let best = Infinity;
  const repeats = Math.max(1, Math.round(200_000 / count));
  for (let round = 0; round < rounds; round++) {
    globalThis.gc?.();
    const begun = process.hrtime.bigint();
    for (let repeat = 0; repeat < repeats; repeat++) work();
    best = Math.min(best, Number(process.hrtime.bigint() - begun) / repeats / count);
  }
  return Math.round(best);
}

function bare(keys: readonly string[]): void {
  const queue = new BareQueue();
  for (const key of keys) queue.add(key);
  for (let node = queue.get(); node !== undefined; node = queue.get()) queue.done(node);
}

function lines(keys: readonly string[]): void {
  const queue = new WorkLines<string>({ lowEvery: 8 });
  const ending = { type: 'succeeded', delay: Infinity, priority: 0 } as const;
  for (const key of keys) queue.wake({ key }, 0);
  for (let entry = queue.take(); entry !== undefined; entry = queue.take()) {
    queue.begin(entry);
    queue.end(entry, ending, 0);
  }
}

function bareMap(keys: readonly string[]): void {
  const known = new Map<string, object>();
  for (const key of keys) known.set(key, { key });
  for (const key of keys) known.delete(key);
}

console.log('add, get and done of each key, in ns, the best of 5 rounds:');
console.table(
  Object.fromEntries(
    sizes.map((size) => {
      const keys = keysOf(size);
      const [floor, work, table] = [
        least(size, () => bare(keys)),
        least(size, () => lines(keys)),
        least(size, () => bareMap(keys)),
      ];
      return [
        size,
        { 'bare queue': floor, 'work lines': work, ratio: Number((work / floor).toFixed(2)), 'a Map alone': table },
      ];
    }),
  ),
);

/** What a run costs, all in, at a concurrency. */
async function runs(count: number, concurrency: number, run: () => void | Promise<void>): Promise<number> {
  const begun = process.hrtime.bigint();
  const queue = reconciler(run, { concurrency });
  await lastValueFrom(queue.reconcile(range(0, count).pipe(map((each) => ({ key: `default/key-${each}` })))));
  return Math.round(Number(process.hrtime.bigint() - begun) / count);
}

const costs: Record<string, Record<string, number>> = {};
await runs(20_000, 10, () => undefined);
for (const concurrency of [1, 10, 1000])
  costs[concurrency] = {
    'done at once': await runs(100_000, concurrency, () => undefined),
    'a promise': await runs(100_000, concurrency, () => Promise.resolve()),
  };
console.log('one run from its wake to its report, in ns, by concurrency:');
console.table(costs);
