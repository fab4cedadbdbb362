import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchServer } from './bench-server.ts';
import { buildDrivers } from './build-drivers.ts';
import { buildPeer, type Peer, PeerMissing, versionOf } from './build-peers.ts';
import type { Command } from './consumer-process.ts';

/** A consumer that can be measured. */
export interface Consumer {
  /** For `--only`. */
  readonly name: string;
  /** For the tables. */
  readonly label: string;
  readonly command: Command;
}

/** The consumers that can be measured here. */
export interface Consumers {
  readonly consumers: readonly Consumer[];
  /** The consumers that are left out, with the reasons. */
  readonly skipped: readonly string[];
  /** The versions of the peers. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The consumer that the others are compared with. */
export const floorName = 'floor-streaming';

/** Every consumer by name, in the order of the tables. */
export const labels = {
  kuberx: 'kuberx',
  'kuberx-rest': 'kuberx, without client-node',
  'kuberx-kubeconfig': 'kuberx, its own kubeconfig',
  'kuberx-informer': 'kuberx, shared informer',
  'kuberx-paged': 'kuberx, paged list',
  'kuberx-drop-managed-fields': 'kuberx, managedFields dropped',
  'kuberx-metadata-only': 'kuberx, metadata only',
  'kuberx-no-sharing': 'kuberx, interning off',
  [floorName]: 'floor, streaming list',
  'floor-paged': 'floor, paged list',
  immer: 'floor with an Immer snapshot for every event',
  'client-node': '@kubernetes/client-node informer',
  'fluent-client': 'kubernetes-fluent-client Watch',
  'client-go-protobuf': 'client-go informer, protobuf',
  'client-go-json': 'client-go informer, JSON',
  'kube-rs': 'kube-rs reflector',
  'kube-rs-drop-managed-fields': 'kube-rs reflector, managedFields dropped',
} as const;

/** The name of a consumer. */
export type ConsumerName = keyof typeof labels;

/** The arguments of the consumers besides the server. */
export interface ConsumerOptions {
  /** These alone; default all. */
  readonly only?: readonly ConsumerName[];
  /** Flags for the consumers in Node, such as `--max-semi-space-size=4`. */
  readonly nodeFlags?: readonly string[];
  readonly log: (line: string) => void;
}

/** Builds the programs and returns how each consumer is started. */
export async function consumersOf(server: BenchServer, caFile: string, options: ConsumerOptions): Promise<Consumers> {
  const { only = Object.keys(labels) as ConsumerName[], nodeFlags = [], log } = options;
  const env = {
    KUBECONFIG: server.kubeconfig,
    BENCH_SERVER: server.url,
    ...(server.ca !== undefined && { BENCH_CA: caFile }),
    ...(server.token !== undefined && { BENCH_TOKEN: server.token }),
  };
  const drivers = await buildDrivers();
  const node = (driver: string, ...args: string[]): Command => {
    return { program: process.execPath, args: ['--expose-gc', ...nodeFlags, join(drivers, driver), ...args], env };
  };
  const built = new Map<Peer, Promise<string>>();
  const peer = (name: Peer): Promise<string> => {
    if (!built.has(name)) built.set(name, buildPeer(name, log));
    return built.get(name)!;
  };
  const program = async (name: Peer, ...args: string[]): Promise<Command> => {
    return { program: await peer(name), args, env };
  };
  const commands: Readonly<Record<ConsumerName, () => Command | Promise<Command>>> = {
    kuberx: () => node('side-by-side/drivers/kuberx.js', 'default'),
    'kuberx-rest': () => node('side-by-side/drivers/kuberx-rest.js', 'default'),
    'kuberx-kubeconfig': () => node('side-by-side/drivers/kuberx-kubeconfig.js', 'default'),
    'kuberx-informer': () => node('side-by-side/drivers/kuberx.js', 'informer'),
    'kuberx-paged': () => node('side-by-side/drivers/kuberx.js', 'paged'),
    'kuberx-drop-managed-fields': () => node('side-by-side/drivers/kuberx.js', 'dropManagedFields'),
    'kuberx-metadata-only': () => node('side-by-side/drivers/kuberx.js', 'metadataOnly'),
    'kuberx-no-sharing': () => node('side-by-side/drivers/kuberx.js', 'noSharing'),
    [floorName]: () => node('side-by-side/drivers/floor.js', 'streaming'),
    'floor-paged': () => node('side-by-side/drivers/floor.js', 'paged'),
    immer: () => node('side-by-side/drivers/floor.js', 'immer'),
    'client-node': () => node('peers/client-node/driver.js'),
    'fluent-client': async () => node('peers/fluent-client/driver.js', await peer('fluent-client')),
    'client-go-protobuf': () => program('client-go', 'application/vnd.kubernetes.protobuf'),
    'client-go-json': () => program('client-go', 'application/json'),
    'kube-rs': () => program('kube-rs'),
    'kube-rs-drop-managed-fields': () => program('kube-rs', 'dropManagedFields'),
  };
  const consumers: Consumer[] = [];
  const skipped = new Set<string>();
  for (const name of Object.keys(labels) as ConsumerName[]) {
    if (!only.includes(name)) continue;
    try {
      consumers.push({ name, label: labels[name], command: await commands[name]() });
    } catch (error) {
      if (!(error instanceof PeerMissing)) throw error;
      skipped.add(error.message);
    }
  }
  const versions = {
    Node: process.versions.node,
    '@kubernetes/client-node': installedVersion('@kubernetes/client-node'),
    'kubernetes-fluent-client': await versionOf('fluent-client'),
    'client-go': await versionOf('client-go'),
    'kube-rs': await versionOf('kube-rs'),
  };
  return { consumers, skipped: [...skipped], versions };
}

function installedVersion(name: string): string {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
