/**
 * The least that JavaScript can do: node:https, JSON.parse, and a Map. Argument: `paged`, a list in pages of 500 and a
 * watch; `streaming`, one streaming list; or `immer`, the same with an immutable snapshot by Immer for every event after
 * it. Nothing is checked or repeated, and but for Immer nothing is frozen.
 */
import http from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { serve } from '../line-protocol.ts';

interface Pod {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

interface Frame {
  readonly type: string;
  readonly object: Pod;
}

interface List {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly Pod[];
}

const server = process.env['BENCH_SERVER'] ?? '';
const ca = process.env['BENCH_CA'];
const token = process.env['BENCH_TOKEN'];
const streamingList = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
const options = {
  headers: { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
  agent: server.startsWith('https:') ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true }),
  ...(ca !== undefined && { ca: readFileSync(ca) }),
};
let pods = new Map<string, Pod>();
const immer = process.argv[2] === 'immer' ? await import('immer') : undefined;
immer?.enableMapSet();

serve(({ synced, changed }) => {
  let isSynced = false;
  const take = ({ type, object }: Frame): void => {
    if (type === 'BOOKMARK') {
      if (!isSynced && object.metadata.annotations?.['k8s.io/initial-events-end'] === 'true') {
        isSynced = true;
        synced(pods.size);
      }
      return;
    }
    if (immer !== undefined && isSynced) {
      pods = immer.produce(pods, (draft) => void draft.set(keyOf(object), object));
    } else if (type === 'DELETED') pods.delete(keyOf(object));
    else pods.set(keyOf(object), object);
    if (isSynced) changed(object);
  };
  if (process.argv[2] !== 'paged') {
    watch(streamingList, take);
    return;
  }
  list('', (resourceVersion) => {
    isSynced = true;
    synced(pods.size);
    watch(`watch=1&resourceVersion=${resourceVersion}`, take);
  });
});

function list(next: string, done: (resourceVersion: string) => void): void {
  get(`limit=500${next}`, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => {
      const { metadata, items } = JSON.parse(Buffer.concat(chunks).toString()) as List;
      for (const pod of items) pods.set(keyOf(pod), pod);
      if (metadata.continue) list(`&continue=${metadata.continue}`, done);
      else done(metadata.resourceVersion);
    });
  });
}

function watch(query: string, take: (frame: Frame) => void): void {
  get(query, (response) => {
    let rest: Buffer[] = [];
    response.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        rest.push(chunk.subarray(start, end));
        take(JSON.parse((rest.length === 1 ? rest[0]! : Buffer.concat(rest)).toString()) as Frame);
        rest = [];
        start = end + 1;
      }
      if (start < chunk.length) rest.push(chunk.subarray(start));
    });
  });
}

function get(query: string, answered: (response: http.IncomingMessage) => void): void {
  const { request } = server.startsWith('https:') ? https : http;
  request(`${server}/api/v1/pods?${query}`, options, (response) => {
    if (response.statusCode !== 200) throw new Error(`the server answered ${response.statusCode}`);
    answered(response);
  }).end();
}

function keyOf({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}
