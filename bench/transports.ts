/**
 * `npm run bench:transports`: the embedded API server over each of its transports, next to a server of Node that answers the
 * same bytes without a look at the request, in one run. Reads of one ConfigMap of 1 kB, 32 at a time; and its changes, sent to
 * 20 watches. Look at the ratios, and where the machine is busy or the client slow, at the time of the processor that the server
 * takes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { join } from 'node:path';
import { stdout } from 'node:process';
import Table from 'cli-table3';
import { WebSocket } from 'ws';
import { BenchClient } from './apiserver/http-client.ts';

interface Places {
  readonly plain: string;
  readonly secure: string;
  readonly ca: string;
  readonly floor1: string;
  readonly floor2: string;
  readonly floorCa: string;
}

/** Sends a GET, and resolves when its answer has ended. */
type Get = (path: string) => Promise<unknown>;

const rounds = 5;
const requests = 4000;
const atOnce = 32;
const watches = 20;
const changes = 1000;
const object = '/api/v1/namespaces/default/configmaps/a';
const watch = '/api/v1/namespaces/default/configmaps?watch=1&resourceVersion=0';

const child = fork(join(import.meta.dirname, 'transports/server-process.ts'), {
  execArgv: ['--conditions=kuberx-source'],
});
const [places] = (await once(child, 'message')) as [Places];

function overHttp1(url: string, ca?: string): Get {
  const client = new BenchClient({ url, ca }, atOnce);
  return (path) => client.send('GET', path);
}

function overHttp2(url: string, ca: string): Get {
  const session = connect(url, { ca });
  return (path) =>
    new Promise((resolve, reject) => {
      session.request({ ':path': path }).on('error', reject).on('end', resolve).resume();
    });
}

/** The time of the processor that the servers have taken, in microseconds. */
async function usage(): Promise<number> {
  child.send('usage');
  const [microseconds] = (await once(child, 'message')) as [number];
  return microseconds;
}

async function perSecond(get: Get): Promise<number> {
  let left = requests;
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (left-- > 0) await get(object);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (requests / (performance.now() - began)) * 1000;
}

const ways: Readonly<Record<string, Get>> = {
  'floor, HTTP/1.1': overHttp1(places.floor1),
  'floor, HTTP/1.1 and TLS': overHttp1(places.floor2, places.floorCa),
  'floor, HTTP/2': overHttp2(places.floor2, places.floorCa),
  'embedded, HTTP/1.1': overHttp1(places.plain),
  'embedded, HTTP/1.1 and TLS': overHttp1(places.secure, places.ca),
  'embedded, HTTP/2': overHttp2(places.secure, places.ca),
};

/** Opens a watch, and tells of each event. Resolves with what closes it. */
type Open = (told: (events: number) => void) => () => void;

const lines = (bytes: Buffer): number => {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
};

const openHttp1: Open = (told) => {
  const abort = new AbortController();
  const read = async (): Promise<void> => {
    const response = await fetch(places.plain + watch, { signal: abort.signal });
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) told(lines(Buffer.from(chunk.buffer)));
  };
  read().catch(() => undefined);
  return () => abort.abort();
};

const openWebSocket: Open = (told) => {
  const webSocket = new WebSocket(places.plain.replace('http', 'ws') + watch, { origin: places.plain });
  webSocket.on('message', () => told(1));
  return () => webSocket.close();
};

const session = connect(places.secure, { ca: places.ca });
const openHttp2: Open = (told) => {
  const stream = session.request({ ':path': watch }).on('data', (bytes: Buffer) => told(lines(bytes)));
  return () => stream.close();
};

async function eventsPerSecond(open: Open): Promise<number> {
  let seen = 0;
  let wanted = watches;
  let reached: () => void = () => undefined;
  const all = (count: number): Promise<void> =>
    new Promise((resolve) => {
      wanted = count;
      reached = resolve;
      if (seen >= wanted) resolve();
    });
  const opened = Array.from({ length: watches }, () =>
    open((events) => {
      seen += events;
      if (seen >= wanted) reached();
    }),
  );
  await all(watches);
  const began = performance.now();
  child.send(changes);
  await all(watches + watches * changes);
  const time = performance.now() - began;
  for (const close of opened) close();
  return ((watches * changes) / time) * 1000;
}

const openings: Readonly<Record<string, Open>> = {
  'embedded, HTTP/1.1': openHttp1,
  'embedded, HTTP/2': openHttp2,
  'embedded, WebSocket': openWebSocket,
};

interface Measured {
  readonly perSecond: number;
  /** Of the server's processor, microseconds for each. */
  readonly cost: number;
}

async function medians<T>(cases: Readonly<Record<string, T>>, count: number, measure: (each: T) => Promise<number>) {
  const results = new Map<string, Measured[]>();
  // Round by round, so that what the machine does besides disturbs all alike; the first one warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, each] of Object.entries(cases)) {
      const before = await usage();
      const result = { perSecond: await measure(each), cost: ((await usage()) - before) / count };
      if (round > 0) results.set(name, [...(results.get(name) ?? []), result]);
    }
  }
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  return new Map(
    Array.from(results, ([name, values]): [string, Measured] => [
      name,
      { perSecond: median(values.map((each) => each.perSecond)), cost: median(values.map((each) => each.cost)) },
    ]),
  );
}

function table(title: string, measured: ReadonlyMap<string, Measured>, floorOf: (name: string) => string): string {
  const rows = new Table({ head: [title, '1/s', 'of the floor', 'CPU of the server, us', 'of the floor'] });
  for (const [name, { perSecond: rate, cost }] of measured) {
    const floor = measured.get(floorOf(name)) ?? { perSecond: rate, cost };
    const ratios = [rate / floor.perSecond, cost / floor.cost].map((ratio) => ratio.toFixed(2));
    rows.push([name, rate.toFixed(0), ratios[0], cost.toFixed(1), ratios[1]]);
  }
  return rows.toString();
}

const reads = await medians(ways, requests, perSecond);
const events = await medians(openings, watches * changes, eventsPerSecond);
const tables = [
  table('reads', reads, (name) => name.replace('embedded', 'floor')),
  table(`events to ${watches} watches; floor: HTTP/1.1`, events, () => 'embedded, HTTP/1.1'),
];
stdout.write(`${tables.join('\n')}\n`);
child.disconnect();
process.exit();
