/**
 * `npm run bench:apiserver`: the embedded API server beside kube-apiserver, in one run: lists, creations, and the time from
 * the start of its process to the first answer, from the built package. Exit codes: 0 it is as fast as it has to be, 1 it is
 * not, 2 bad arguments, 3 Go is missing.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { program } from 'commander';
import { GoMissing } from '../scripts/controlplane/binaries.ts';
import { startControlPlane } from '../scripts/controlplane/control-plane.ts';
import { childrenCalled, processorTime } from './apiserver/processor-time.ts';
import { requestBytes, type Target, WireConnection } from './apiserver/wire-connection.ts';
import { benchPod, namespacesOf } from './side-by-side/bench-pod.ts';

/** Lists may take this part of the time of kube-apiserver's, creations have to be as many times as many, and a start be as quick. */
const limits = { list: 0.3, create: 5, startMilliseconds: 500 } as const;

/** How many objects of each kind are created before the measured turns: what a compiler needs to warm up is no part of them. */
const warmUp = 8000;

program
  .name('npm run bench:apiserver --')
  .option('--objects <number>', 'how many pods are created, and listed', Number, 2000)
  .option('--rounds <number>', 'how often each list is asked for', Number, 15)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const { objects, rounds } = program.opts<{ objects: number; rounds: number }>();

const log = (line: string): void => void process.stderr.write(`${line}\n`);

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof GoMissing)) throw error;
  log(error.message);
  return 3;
});

async function main(): Promise<number> {
  log(
    `load average ${loadavg()[0]!.toFixed(1)}, ${cpus().length} cores of ${cpus()[0]!.model}, Node ${process.versions.node}`,
  );
  const start = await startTimes(9);
  const controlPlane = await startControlPlane({ log });
  const embedded = forked('embedded-process.ts', ['--conditions=kuberx-source']);
  try {
    const { url, ca, token } = controlPlane;
    const both: readonly Target[] = [{ url, ca, token }, { url: (await once(embedded, 'message'))[0] as string }];
    const processes = [childrenCalled(['kube-apiserver', 'etcd']), [embedded.pid ?? 0]];
    const rows = [...(await creations(both, processes)), ...(await lists(both))];
    print(rows, start);
    return rows.every(({ isGood }) => isGood) && start < limits.startMilliseconds ? 0 : 1;
  } finally {
    embedded.disconnect();
    await controlPlane.stop();
  }
}

interface Row {
  readonly what: string;
  readonly unit: string;
  readonly real: number;
  readonly embedded: number;
  readonly isGood: boolean;
  /** Of the processors, microseconds for each, of both servers. It depends little on what else the machine does. */
  readonly costs?: readonly number[];
}

function pod(index: number, prefix: string): { readonly path: string; readonly body: string } {
  const { metadata, ...rest } = benchPod(index);
  const { namespace, labels, annotations, ownerReferences } = metadata;
  const name = `${prefix}-${index}`;
  const given = { name, namespace, labels, annotations, ownerReferences };
  return { path: `/api/v1/namespaces/${namespace}/pods`, body: JSON.stringify({ ...rest, metadata: given }) };
}

function configMap(index: number, prefix: string): { readonly path: string; readonly body: string } {
  const metadata = { name: `${prefix}-${index}`, labels: { app: 'bench' } };
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { text: 'x'.repeat(500), index: String(index) } };
  return { path: '/api/v1/namespaces/default/configmaps', body: JSON.stringify(body) };
}

function requestsOf(make: typeof pod, prefix: string, count: number, target: Target): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const { path, body } = make(index, prefix);
    return requestBytes(target, 'POST', path, body);
  });
}

/** Creations in turns, so that both servers see the same machine. */
async function creations(both: readonly Target[], processes: readonly (readonly number[])[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const target of both) {
    const connection = await WireConnection.open(target);
    for (const name of namespacesOf(Math.max(2 * objects, warmUp))) {
      const body = JSON.stringify({ metadata: { name } });
      await connection.sent(requestBytes(target, 'POST', '/api/v1/namespaces', body));
    }
    connection.close();
    for (const make of [configMap, pod]) await timeToSend(target, requestsOf(make, 'warm', warmUp, target), 16);
  }
  for (const [what, make, connections, count] of [
    ['ConfigMaps one after the other', configMap, 1, objects],
    ['ConfigMaps over 16 connections', configMap, 16, 4 * objects],
    ['pods of 6 kB one after the other', pod, 1, objects / 2],
    ['pods of 6 kB over 16 connections', pod, 16, 2 * objects],
  ] as const) {
    const spent = [0, 0];
    const costs = [0, 0];
    for (const turn of ['a', 'b', 'c', 'd']) {
      for (const [which, target] of both.entries()) {
        const requests = requestsOf(make, `${connections}-${turn}`, count / 4, target);
        const before = processorTime(processes[which]!);
        spent[which]! += await timeToSend(target, requests, connections);
        costs[which]! += ((processorTime(processes[which]!) - before) * 1000) / count;
      }
    }
    const [real = 0, embedded = 0] = spent.map((milliseconds) => (count * 1000) / milliseconds);
    const isGood = embedded >= limits.create * real;
    rows.push({ what: `creates ${what}`, unit: 'a second', real, embedded, isGood, costs });
  }
  return rows;
}

/** Milliseconds until all requests are answered, each connection sending its next one when it has its answer. */
async function timeToSend(target: Target, requests: readonly Buffer[], connections: number): Promise<number> {
  const open = await Promise.all(Array.from({ length: connections }, () => WireConnection.open(target)));
  const next = requests.values();
  const began = performance.now();
  await Promise.all(
    open.map((connection) => {
      return new Promise<void>((resolve, reject) => {
        const proceed = (): void => {
          const { value } = next.next();
          if (value === undefined) resolve();
          else connection.send(value, proceed, reject);
        };
        proceed();
      });
    }),
  );
  const milliseconds = performance.now() - began;
  for (const connection of open) connection.close();
  return milliseconds;
}

async function lists(both: readonly Target[]): Promise<Row[]> {
  const rows: Row[] = [];
  const metadata = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
  for (const [what, path, accept] of [
    ['all pods', '/api/v1/pods', undefined],
    ['a page of 500 pods', '/api/v1/pods?limit=500', undefined],
    ['the metadata of all pods', '/api/v1/pods', metadata],
    ['pods by a label', '/api/v1/pods?labelSelector=app%3Dapp-3', undefined],
    ['all ConfigMaps', '/api/v1/configmaps', undefined],
  ] as const) {
    const times: number[][] = [[], []];
    let bytes = 0;
    for (let round = -3; round < rounds; round++) {
      for (const [which, target] of both.entries()) {
        const connection = await WireConnection.open(target);
        // The connection has served a request already.
        await connection.sent(requestBytes(target, 'GET', '/version'));
        const request = requestBytes(target, 'GET', path, undefined, accept);
        const began = performance.now();
        bytes = await connection.sent(request);
        if (round >= 0) times[which]!.push(performance.now() - began);
        connection.close();
      }
    }
    const [real = 0, embedded = 0] = times.map(median);
    const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`;
    rows.push({ what: `lists ${what} (${size})`, unit: 'ms', real, embedded, isGood: embedded < limits.list * real });
  }
  return rows;
}

/** Milliseconds from the start of a process to its first answer, the median of some. */
async function startTimes(count: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < count; run++) {
    const began = performance.now();
    const child = forked('built-process.ts', []);
    const [url] = (await once(child, 'message')) as [string];
    const connection = await WireConnection.open({ url });
    await connection.sent(requestBytes({ url }, 'GET', '/api/v1/configmaps'));
    times.push(performance.now() - began);
    connection.close();
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  }
  return median(times);
}

function forked(name: string, execArgv: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL(`./apiserver/${name}`, import.meta.url));
  return fork(file, [], { execArgv: [...execArgv], env: { ...process.env, NODE_OPTIONS: '' } });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(rows: readonly Row[], start: number): void {
  console.log('| | kube-apiserver and etcd | embedded | ratio | processors, us for each |');
  console.log('| :-- | --: | --: | --: | --: |');
  for (const { what, unit, real, embedded, isGood, costs } of rows) {
    const figure = (value: number): string => `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${unit}`;
    const ratio = `${(embedded / real).toFixed(2)}${isGood ? '' : ' (missed)'}`;
    const cost = costs === undefined ? '' : costs.map((each) => each.toFixed(0)).join(' and ');
    console.log(`| ${what} | ${figure(real)} | ${figure(embedded)} | ${ratio} | ${cost} |`);
  }
  const isGood = start < limits.startMilliseconds ? '' : ' (missed)';
  console.log(`\nFrom the start of its process to the first answer: ${start.toFixed(0)} ms${isGood}.`);
}
