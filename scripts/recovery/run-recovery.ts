import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ControlPlane } from '../controlplane/control-plane.ts';
import { request } from '../controlplane/http-request.ts';
import type { RecoveryFault } from './fault.ts';
import { Heartbeat, pathOf } from './heartbeat.ts';
import { type ConsumerName, Lane } from './lane.ts';
import type { ConsumerReport } from './line-protocol.ts';
import { Scene } from './scene.ts';
import { staleness, type Write } from './staleness.ts';

/** The result of one consumer for one fault, once. */
export interface RecoverySample {
  readonly consumer: ConsumerName;
  /** Milliseconds, see `Staleness`. */
  readonly longest: number;
  readonly sum: number;
  /** Connections that were opened or tried, requests that got no head on one, and answers with 429. */
  readonly attempts: number;
  readonly connections: number;
  readonly requests: number;
  readonly lists: number;
  /** The differences from a fresh list at the end, by object. */
  readonly differences: readonly string[];
}

/** How a fault is measured. */
export interface RecoveryOptions {
  readonly controlPlane: ControlPlane;
  readonly consumers: readonly ConsumerName[];
  /** The number of consumers of each kind, all at the same time. */
  readonly rounds: number;
  readonly log: (line: string) => void;
}

/** Milliseconds that everything is well before the fault and after it. */
const calm = 4000;
/** Milliseconds that consumers get to recover. */
const patience = 120_000;

let runs = 0;

/** Lets a fault happen to every consumer at once, and measures how they recover. Ends what it starts. */
export async function measureRecovery(fault: RecoveryFault, options: RecoveryOptions): Promise<RecoverySample[]> {
  const { controlPlane, consumers, rounds, log } = options;
  const { resource = 'v1/configmaps' } = fault;
  const run = (runs += 1);
  const namespaces = Array.from({ length: fault.namespaces ?? 1 }, (_, index) => `recovery-${run}-${index}`);
  for (const name of namespaces) await makeNamespace(controlPlane, name);
  const { happen, end, ports = () => () => serverPort(controlPlane) } = await fault.arrange(controlPlane);
  const directory = await mkdtemp(join(tmpdir(), 'kuberx-recovery-'));
  const heartbeat = new Heartbeat(controlPlane, resource);
  const lanes: Lane[] = [];
  try {
    for (const namespace of namespaces) await heartbeat.write(namespace);
    for (let round = 0; round < rounds; round += 1) {
      for (const consumer of consumers) {
        lanes.push(
          await Lane.start({
            consumer,
            phase: round / rounds,
            controlPlane,
            directory,
            resource,
            namespaces,
            nextPort: ports(),
          }),
        );
      }
    }
    const scene = new Scene(controlPlane, namespaces, heartbeat, lanes);
    if (!fault.quiet) heartbeat.beat(namespaces[0]!);
    await scene.caughtUp(patience);
    heartbeat.writes.length = 0;
    await pause(calm);
    log(`${fault.title}: begins`);
    await happen(scene);
    log(`${fault.title}: is over`);
    await scene.caughtUp(patience);
    if (!fault.quiet) await pause(calm);
    await heartbeat.stop();
    await scene.caughtUp(patience);
    const expected = await freshVersions(controlPlane, resource, namespaces);
    return await Promise.all(
      lanes.map(async (lane) => sampleOf(lane, await lane.report(), heartbeat.writes, expected)),
    );
  } finally {
    await heartbeat.stop();
    await Promise.all(lanes.map((lane) => lane.stop()));
    await end?.();
    await rm(directory, { recursive: true, force: true });
  }
}

function sampleOf(
  { consumer, downtimes }: Lane,
  report: ConsumerReport,
  writes: readonly Write[],
  expected: Readonly<Record<string, string>>,
): RecoverySample {
  const { seen, objects, connections, requests, lists, headless, throttled } = report;
  const differences = [...new Set([...Object.keys(objects), ...Object.keys(expected)])]
    .filter((key) => objects[key] !== expected[key])
    .map((key) => `${key}: ${objects[key] ?? 'nothing'} in place of ${expected[key] ?? 'nothing'}`);
  return {
    consumer,
    ...staleness(writes, seen, downtimes, Date.now()),
    attempts: connections + headless + throttled,
    ...{ connections, requests, lists, differences },
  };
}

function serverPort({ url }: ControlPlane): number {
  return Number(new URL(url).port);
}

async function makeNamespace({ url, ca, token }: ControlPlane, name: string): Promise<void> {
  const { status, body } = await request(`${url}/api/v1/namespaces`, { ca, token, body: { metadata: { name } } });
  if (status !== 201) throw new Error(`the namespace ${name} was not created: ${body}`);
}

async function freshVersions(
  { url, ca, token }: ControlPlane,
  resource: string,
  namespaces: readonly string[],
): Promise<Record<string, string>> {
  const versions: Record<string, string> = {};
  for (const namespace of namespaces) {
    const { body } = await request(`${url}${pathOf(resource, namespace)}`, { ca, token });
    const { items } = JSON.parse(body) as { items: { metadata: { name: string; resourceVersion: string } }[] };
    for (const { metadata } of items) versions[`${namespace}/${metadata.name}`] = metadata.resourceVersion;
  }
  return versions;
}
