import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ApiServer } from 'kuberx/testing/apiserver';
import { benchPod, resource } from '../side-by-side/bench-pod.ts';
import { ConsumerProcess } from '../side-by-side/consumer-process.ts';
import type { CountedWork } from './count-work.ts';

/** The needs of a variant of kuberx, in numbers that are the same on every machine. */
export interface Work {
  /** Bytes that stay in use for each object. */
  readonly heapPerObject: number;
  /** Characters of JSON that are parsed for each object of the first list. */
  readonly parsedPerObject: number;
  /** Objects and arrays that are frozen for each object of the first list. */
  readonly frozenPerObject: number;
  /** The same for each update. */
  readonly parsedPerEvent: number;
  readonly frozenPerEvent: number;
  /** Elements of tree nodes that are copied for each update. */
  readonly copiedPerEvent: number;
  /** Requests for the list and all updates. */
  readonly requests: number;
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Lets a variant of the driver sync with a server of `objects` pods, and updates `events` of them. */
export async function measureWork(server: ApiServer, variant: string, objects: number, events: number): Promise<Work> {
  const flags = ['--expose-gc', '--conditions=kuberx-source', '--import', path('count-work.ts')];
  const args = [...flags, path('../side-by-side/drivers/kuberx.ts'), variant];
  const env = { KUBECONFIG: server.writeKubeconfig() };
  const requestsBefore = server.requests.length;
  const consumer = new ConsumerProcess({ program: process.execPath, args, env });
  const ask = async (word: string, answer: string): Promise<string> => {
    consumer.say(word);
    return consumer.hear(answer);
  };
  const counts = async (): Promise<CountedWork> => JSON.parse(await ask('counts', 'counts')) as CountedWork;
  try {
    await consumer.hear('ready');
    const heapBefore = Number(await ask('gc', 'heap'));
    const start = await counts();
    const held = Number(await ask('start', 'synced'));
    if (held !== objects) throw new Error(`it holds ${held} pods of ${objects}`);
    const synced = await counts();
    const heapAfter = Number(await ask('gc', 'heap'));
    await ask(`expect ${events}`, 'expecting');
    const idle = await counts();
    for (let event = 0; event < events; event++) {
      update(server, objects, event);
      // A watch that falls behind would be ended.
      if (event % 50 === 0) await pause(5);
    }
    await consumer.hear('seen', 20_000);
    const end = await counts();
    return {
      heapPerObject: (heapAfter - heapBefore) / objects,
      parsedPerObject: (synced.parsed - start.parsed) / objects,
      frozenPerObject: (synced.frozen - start.frozen) / objects,
      parsedPerEvent: (end.parsed - idle.parsed) / events,
      frozenPerEvent: (end.frozen - idle.frozen) / events,
      copiedPerEvent: (end.copied - idle.copied) / events,
      requests: server.requests.length - requestsBefore,
    };
  } finally {
    await consumer.end();
  }
}

let sequence = 0;

function update(server: ApiServer, objects: number, event: number): void {
  // A step that is prime to the number of objects: each is updated once before one is twice.
  const pod = benchPod((event * 7919) % objects);
  // Each marker has the same length and another value.
  const marker = `${String(sequence++).padStart(6, '0')}.1795700000000000`;
  const annotations = { ...(pod.metadata['annotations'] as object), marker };
  server.apply(resource, { ...pod, metadata: { ...pod.metadata, annotations } });
}
