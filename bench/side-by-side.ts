/**
 * `npm run bench`: kuberx, the least that JavaScript can do, and the peers, each in a process of its own, on one server
 * with the same pods, in turn. Look at the ratios within one run: times depend on the machine and its load. Exit codes:
 * 0 if all was measured, 1 if something failed, 2 for bad arguments.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { InvalidArgumentError, Option, program } from 'commander';
import { request } from '../scripts/controlplane/http-request.ts';
import { type BenchServer, type ServerChoice, startBenchServer } from './side-by-side/bench-server.ts';
import { type ConsumerName, consumersOf, labels } from './side-by-side/consumers.ts';
import { measureConsumer, type Sample } from './side-by-side/measure-consumer.ts';
import { PodWriter } from './side-by-side/pod-writer.ts';
import type { BenchResult } from './side-by-side/results.ts';
import { tablesOf } from './side-by-side/tables.ts';

interface Options {
  readonly objects: number;
  readonly rounds: number;
  readonly events: number;
  readonly warmUp: number;
  readonly rate: number;
  readonly server: ServerChoice;
  readonly only?: ConsumerName[];
  readonly nodeFlags?: string[];
  readonly json?: true;
}

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/u.test(text)) throw new InvalidArgumentError('It takes a whole number from 1 on.');
  return Number(text);
};
const names = (text: string): ConsumerName[] =>
  text.split(',').map((name) => {
    if (!Object.hasOwn(labels, name))
      throw new InvalidArgumentError(`The names are ${Object.keys(labels).join(', ')}.`);
    return name as ConsumerName;
  });

program
  .name('npm run bench --')
  .description('Compares list and watch caches of all pods: CPU, memory and latency.')
  .option('--objects <number>', 'how many pods', whole, 10_000)
  .option('--rounds <number>', 'how often each consumer is run', whole, 3)
  .option('--events <number>', 'how many updates each run gets', whole, 4000)
  .option('--warm-up <number>', 'how many updates come before those that count', whole, 2000)
  .option('--rate <number>', 'updates a second', whole, 200)
  .option('--only <names>', 'just these consumers, separated by commas', names)
  .option('--node-flags <flags>', 'flags for the consumers in Node, separated by commas', (text) => text.split(','))
  .addOption(new Option('--server <name>').choices(['controlplane', 'embedded']).default('controlplane'))
  .option('--json', 'print the figures of every run as JSON')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

const log = (line: string): void => void process.stderr.write(`${line}\n`);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

const options = program.opts<Options>();
const { failures, ...result } = await run(options);
if (options.json) console.log(JSON.stringify(result));
else print(result);
for (const failure of failures) log(`FAILED: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function run({
  objects,
  rounds,
  events,
  warmUp,
  rate,
  ...options
}: Options): Promise<BenchResult & { failures: string[] }> {
  const { signal } = stopping;
  const directory = await mkdtemp(join(tmpdir(), 'kuberx-bench-'));
  let server: BenchServer | undefined;
  let writer: PodWriter | undefined;
  try {
    server = await startBenchServer(options.server, objects, log, signal);
    const caFile = join(directory, 'ca.crt');
    if (server.ca !== undefined) await writeFile(caFile, server.ca);
    const { consumers, skipped, versions } = await consumersOf(server, caFile, { ...options, log });
    for (const line of skipped) log(line);
    writer = new PodWriter(server, objects);
    const podBytes = await meanPodBytes(server);
    const samples = new Map(consumers.map(({ name }) => [name, [] as Sample[]]));
    const failures: string[] = [];
    const load: number[] = [];
    for (let round = 0; round < rounds; round++) {
      load.push(loadavg()[0]!);
      // Each round begins with another consumer: later ones find warmer caches, also in the server.
      const first = Math.floor((round * consumers.length) / rounds);
      for (const { name, label, command } of [...consumers.slice(first), ...consumers.slice(0, first)]) {
        signal.throwIfAborted();
        log(`round ${round + 1} of ${rounds}: ${label}`);
        try {
          samples.get(name)!.push(await measureConsumer(command, writer, { objects, events, warmUp, rate }));
        } catch (error) {
          failures.push(`${label}: ${(error as Error).message}`);
        }
      }
    }
    return {
      command: `npm run bench -- ${process.argv
        .slice(2)
        .filter((word) => word !== '--json')
        .join(' ')}`.trim(),
      server: server.name,
      machine: `${availableParallelism()} cores of ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
      ...{ objects, podBytes, rounds, events, warmUp, rate, versions, load, skipped, failures },
      consumers: consumers
        .map(({ name, label }) => ({ name, label, samples: samples.get(name)! }))
        .filter(({ samples: { length } }) => length > 0),
    };
  } finally {
    writer?.close();
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function meanPodBytes({ url, ca, token }: BenchServer): Promise<number> {
  const credentials = { ...(ca !== undefined && { ca }), ...(token !== undefined && { token }) };
  const { body } = await request(`${url}/api/v1/pods?limit=200`, { ...credentials, timeout: 60_000 });
  const { items } = JSON.parse(body) as { items: unknown[] };
  return Math.round(
    items.reduce<number>((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)), 0) / items.length,
  );
}

function print(result: BenchResult): void {
  const { server, machine, podBytes, versions, load, skipped } = result;
  console.log(`${server}, ${machine}, load average ${load.map((each) => each.toFixed(1)).join(', ')}`);
  console.log(`pods of ${podBytes} bytes; ${Object.entries(versions).map((pair) => pair.join(' ')).join(', ')}`); // prettier-ignore
  for (const { title, columns, rows } of tablesOf(result)) {
    const table = new Table({ head: [...columns], style: { head: [], border: [] } });
    table.push(...rows.map((row) => [...row]));
    console.log(`\n${title}\n${table.toString()}`);
  }
  for (const line of skipped) console.log(line);
}
