// `npm run bench:workqueue`: what a key costs in a work queue, in one run beside the least that a queue can be and, where Go
// is present, the queues of client-go and of controller-runtime.
import { lastValueFrom, map, range } from 'rxjs';
import { reconciler } from 'kuberx/queue';
import { WorkLines } from '#src/workqueue/lines/work-lines.ts';
import { BareQueue } from './workqueue/bare-queue.ts';
import { goQueues } from './workqueue/go-queues.ts';
import { targetLine } from './workqueue/target-line.ts';

const sizes = [1_000, 100_000, 1_000_000] as const;
const rounds = 5;

const keysOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `default/key-${index}`);

/**
 * The least of several times of each work, in nanoseconds for each key. The works take turns, and rounds are short where there are few
 * keys, so that what else the machine does disturbs all alike.
 */
function least(count: number, works: readonly (() => void)[]): number[] {
  const best = works.map(() => Infinity);
  const repeats = Math.max(1, Math.round(20_000 / count));
  for (let round = 0; round < Math.min(200, Math.max(rounds, 2_000_000 / count)); round++) {
    for (const [index, work] of works.entries()) {
      // It takes longer than a round of few keys, which leaves little behind.
      if (count > 10_000) globalThis.gc?.();
      const begun = process.hrtime.bigint();
      for (let repeat = 0; repeat < repeats; repeat++) work();
      best[index] = Math.min(best[index] ?? 0, Number(process.hrtime.bigint() - begun) / repeats / count);
    }
  }
  return best.map(Math.round);
}

function bare(keys: readonly string[]): void {
  const queue = new BareQueue();
  for (const key of keys) queue.add(key);
  for (let node = queue.get(); node !== undefined; node = queue.get()) queue.done(node);
}

function lines(keys: readonly string[]): void {
  const queue = new WorkLines<string>({ lowEvery: 8 });
  const ending = { type: 'succeeded', delay: Infinity, priority: 0 } as const;
  for (const key of keys) queue.add(key, 0);
  for (let entry = queue.take(); entry !== undefined; entry = queue.take()) {
    queue.start(entry);
    queue.end(entry, ending, 0);
  }
}

function bareMap(keys: readonly string[]): void {
  const known = new Map<string, object>();
  for (const key of keys) known.set(key, { key });
  for (const key of keys) known.delete(key);
}

const go = await goQueues();
if (typeof go === 'string') console.log(`Without Go's queues: ${go}`);
const peers = typeof go === 'string' ? undefined : go;

const ratio = (of: number, to: number): number => Number((of / to).toFixed(2));

const perKey = sizes.map((size) => {
  const keys = keysOf(size);
  const [floor = 0, work = 0, table = 0] = least(size, [() => bare(keys), () => lines(keys), () => bareMap(keys)]);
  return { size, floor, work, table, peer: peers?.keys[size] };
});
console.log('add, get and done of each key by one worker, in ns, the best of 5 rounds and more:');
console.table(
  Object.fromEntries(
    perKey.map(({ size, floor, work, table, peer }) => [
      size,
      {
        'work lines': work,
        'bare queue': floor,
        'x bare': ratio(work, floor),
        'a Map alone': table,
        ...(peer && {
          'client-go': peer.clientGo,
          'x client-go': ratio(work, peer.clientGo),
          'controller-runtime': peer.controllerRuntime,
          'x controller-runtime': ratio(work, peer.controllerRuntime),
        }),
      },
    ]),
  ),
);

/** What a run costs, all in, at a concurrency. */
async function runs(count: number, concurrency: number, run: () => void | Promise<void>): Promise<number> {
  const begun = process.hrtime.bigint();
  const queue = reconciler(run, { concurrency });
  await lastValueFrom(queue.reconcile(range(0, count).pipe(map((each) => ({ key: `default/key-${each}` })))));
  return Math.round(Number(process.hrtime.bigint() - begun) / count);
}

async function leastRuns(concurrency: number, run: () => void | Promise<void>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    globalThis.gc?.();
    best = Math.min(best, await runs(100_000, concurrency, run));
  }
  return best;
}

const costs: Record<string, Record<string, number>> = {};
for (const concurrency of [1, 10, 1000]) {
  const peer = peers?.runs[concurrency];
  const atOnce = await leastRuns(concurrency, () => undefined);
  costs[concurrency] = {
    'done at once': atOnce,
    'a promise': await leastRuns(concurrency, () => Promise.resolve()),
    ...(peer && {
      'client-go': peer.clientGo,
      'controller-runtime': peer.controllerRuntime,
      'x controller-runtime': ratio(atOnce, peer.controllerRuntime),
    }),
  };
}
console.log('one run from its wake to its report, in ns, by concurrency, the best of 5 rounds of 100,000 keys:');
console.table(costs);

const [small, middle, large] = perKey as [(typeof perKey)[0], (typeof perKey)[0], (typeof perKey)[0]];
for (const { size, work, floor } of perKey)
  console.log(targetLine(`work lines over a bare queue at ${size} keys`, work / floor, 1.3));
if (middle.peer)
  console.log(
    targetLine(
      `work lines over controller-runtime at ${middle.size} keys`,
      middle.work / middle.peer.controllerRuntime,
      0.5,
    ),
  );
const growth = large.work / small.work / (large.table / small.table);
console.log(targetLine('growth of the cost from 1000 to 1000000 keys over that of a Map', growth, 1.3));
