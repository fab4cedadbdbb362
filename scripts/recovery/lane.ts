import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPeer } from '../../bench/side-by-side/build-peers.ts';
import { ConsumerProcess } from '../../bench/side-by-side/consumer-process.ts';
import type { ControlPlane } from '../controlplane/control-plane.ts';
import { FaultyPath } from './faulty-path.ts';
import type { ConsumerReport } from './line-protocol.ts';
import type { Downtime, Write } from './staleness.ts';

/** Whose recovery can be measured. */
export const consumerNames = ['kuberx', 'client-go'] as const;
export type ConsumerName = (typeof consumerNames)[number];

/** The parts of a {@link Lane}. */
export interface LaneOptions {
  readonly consumer: ConsumerName;
  /** From 0 to 1: how late in a round of many its path is mended, see `Scene.unreachable`. */
  readonly phase: number;
  readonly controlPlane: ControlPlane;
  /** A directory for its kubeconfig. */
  readonly directory: string;
  readonly resource: string;
  readonly namespaces: readonly string[];
  /** The loopback port that the next connection goes to. */
  readonly nextPort: () => number;
}

/** One consumer in a process of its own, and the path by which it alone reaches the server. */
export class Lane {
  readonly consumer: ConsumerName;
  readonly path: FaultyPath;
  readonly phase: number;
  /** When it could not reach the server. */
  readonly downtimes: Downtime[] = [];
  readonly #process: ConsumerProcess;

  private constructor({ consumer, phase }: LaneOptions, path: FaultyPath, process: ConsumerProcess) {
    this.consumer = consumer;
    this.phase = phase;
    this.path = path;
    this.#process = process;
  }

  /** Resolves when the consumer is synced. */
  static async start(options: LaneOptions): Promise<Lane> {
    const { consumer, controlPlane, directory, resource, namespaces, nextPort } = options;
    const path = await FaultyPath.start(nextPort);
    const kubeconfig = join(directory, `${path.port}.kubeconfig`);
    const text = await readFile(controlPlane.kubeconfig, 'utf8');
    const server = `https://127.0.0.1:${path.port}`;
    await writeFile(kubeconfig, text.replaceAll(controlPlane.url, server), { mode: 0o600, flag: 'wx' });
    const [program, ...args] = await commandOf(consumer);
    const env = { KUBECONFIG: kubeconfig };
    const lane = new Lane(
      options,
      path,
      new ConsumerProcess({ program, args: [...args, resource, ...namespaces], env }),
    );
    try {
      await lane.#process.hear('synced');
    } catch (error) {
      await lane.stop();
      throw error;
    }
    return lane;
  }

  async report(): Promise<ConsumerReport> {
    this.#process.say('report');
    return JSON.parse(await this.#process.hear('report')) as ConsumerReport;
  }

  /** Whether it knows of all these writes, or of later ones. */
  async knows(writes: readonly Write[]): Promise<boolean> {
    const { seen } = await this.report();
    return writes.every(({ namespace, sequence }) =>
      seen.some((sighting) => sighting.namespace === namespace && sighting.sequence >= sequence),
    );
  }

  async stop(): Promise<void> {
    await this.#process.end();
    this.path.stop();
  }
}

const kuberx = fileURLToPath(new URL('./kuberx-consumer.ts', import.meta.url));

async function commandOf(consumer: ConsumerName): Promise<[program: string, ...args: string[]]> {
  if (consumer === 'kuberx') return [process.execPath, '--conditions=kuberx-source', kuberx];
  return [await buildPeer('client-go-recovery', (line) => void process.stderr.write(`${line}\n`))];
}
