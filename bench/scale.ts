/**
 * `npm run bench:scale`: how costs grow with the number of pods, for kuberx, the floor, client-node's informer and a store
 * that makes an Immer snapshot for every event, on the embedded API server in another process. Writes
 * `docs/performance/scale.json`; `npm run bench:docs` draws it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError, program } from 'commander';
import { store as makeStore } from 'kuberx';
import { startBenchServer } from './side-by-side/bench-server.ts';
import { type ConsumerName, consumersOf, labels } from './side-by-side/consumers.ts';
import { type LongestTurns, measureConsumer, measureTurns, type Sample } from './side-by-side/measure-consumer.ts';
import { PodWriter } from './side-by-side/pod-writer.ts';
import type { LookUps, ScalePoint, ScaleResult } from './side-by-side/results.ts';
import { nanoseconds, randomIntegers } from './store/measure.ts';
import { type BenchPod, podKey, smallPod } from './store/pod.ts';

const log = (line: string): void => void process.stderr.write(`${line}\n`);
const wholes = (text: string): number[] =>
  text.split(',').map((each) => {
    if (!/^[1-9]\d{0,8}$/u.test(each)) throw new InvalidArgumentError('It takes whole numbers from 1 on.');
    return Number(each);
  });

program
  .name('npm run bench:scale --')
  .option('--objects <numbers>', 'how many pods, separated by commas', wholes, [1000, 10_000, 50_000, 100_000, 500_000])
  .option('--only <names>', 'just these consumers', (text) => text.split(',') as ConsumerName[], [
    ...(['kuberx', 'floor-streaming', 'client-node', 'immer'] as const),
  ])
  .option('--rounds <number>', 'how often each', Number, 3)
  .option('--events <number>', 'how many updates', Number, 400)
  .option('--rate <number>', 'updates a second', Number, 100)
  .option(
    '--output <file>',
    'where the figures go',
    fileURLToPath(new URL('../docs/performance/scale.json', import.meta.url)),
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

const {
  objects: sizes,
  only,
  rounds,
  events,
  rate,
  output,
} = program.opts<{
  objects: number[];
  only: ConsumerName[];
  rounds: number;
  events: number;
  rate: number;
  output: string;
}>();

const points: ScalePoint[] = [];
const lookUps: LookUps[] = [];
const load: number[] = [];
/** The number of pods that a consumer could not hold: it is not asked to hold more. */
const tooMany = new Map<string, number>();
for (const objects of sizes) {
  lookUps.push(lookUpsAt(objects));
  load.push(loadavg()[0]!);
  const directory = mkdtempSync(join(tmpdir(), 'kuberx-bench-'));
  const server = await startBenchServer('embedded', objects, log);
  const writer = new PodWriter(server, objects);
  try {
    const { consumers } = await consumersOf(server, directory, { only, log });
    const runs = new Map(consumers.map(({ name }) => [name, { samples: [] as Sample[], turns: [] as LongestTurns[] }]));
    // A sync of half a million takes more than a minute.
    for (let round = 0; round < (objects > 100_000 ? 1 : rounds); round++) {
      for (const { name, command } of consumers) {
        if (tooMany.has(name)) continue;
        log(`${objects} pods, round ${round + 1} of ${rounds}: ${name}`);
        // A snapshot takes Immer some 10 ms at 100,000 objects.
        const paced =
          name === 'immer'
            ? { events: Math.ceil(events / 4), warmUp: 10, rate: rate / 2 }
            : { events, warmUp: events, rate };
        try {
          runs.get(name)!.samples.push(await measureConsumer(command, writer, { objects, ...paced }));
          runs.get(name)!.turns.push(await measureTurns(command));
        } catch (error) {
          log((error as Error).message);
          tooMany.set(name, objects);
        }
      }
    }
    for (const [name, { samples, turns }] of runs) {
      if (samples.length > 0) points.push({ objects, name, label: labels[name as ConsumerName], samples, turns });
    }
  } finally {
    writer.close();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
const failures = Array.from(tooMany, ([name, objects]) => `${labels[name as ConsumerName]} with ${objects} pods`);
const result: ScaleResult = { events, rate, rounds, load, points, lookUps, failures };
mkdirSync(join(output, '..'), { recursive: true });
writeFileSync(output, `${JSON.stringify(result)}\n`);

/** Reads of a store in this process: nothing of them depends on a server. */
function lookUpsAt(objects: number): LookUps {
  const store = makeStore<BenchPod, 'node'>({ indexers: { node: ({ spec }) => [spec.nodeName] }, intern: false });
  // A hundred pods on each node, in clusters of any size.
  const pod = (index: number, version: number): BenchPod =>
    smallPod(index, version, `worker-${index % Math.ceil(objects / 100)}`);
  store.replace(
    Array.from({ length: objects }, (_, index) => pod(index, 1)),
    '1',
  );
  const keys = Array.from({ length: 10_000 }, (_, at) => podKey(randomIntegers(1, objects, at)[0]!));
  const nodes = store.listIndexFuncValues('node');
  let version = 1;
  const change = (): void => store.update(pod(version % objects, ++version));
  const measured = nanoseconds(
    [
      { name: 'get', operations: keys.length, run: () => keys.forEach((key) => store.getByKey(key)) },
      { name: 'index', operations: nodes.length, run: () => nodes.forEach((node) => store.byIndex('node', node)) },
      {
        name: 'list',
        operations: 1,
        run: () => {
          change();
          store.list();
        },
      },
      { name: 'change', operations: 100, run: () => Array.from({ length: 100 }, change) },
    ],
    21,
  );
  const microseconds = (name: string): number => measured.get(name)! / 1000;
  return {
    objects,
    get: microseconds('get'),
    byIndex: microseconds('index'),
    list: microseconds('list'),
    update: microseconds('change'),
  };
}
