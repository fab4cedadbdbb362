import { setTimeout as pause } from 'node:timers/promises';
import { firstValueFrom } from 'rxjs';
import { KubeError, type KubernetesObject, type ResourceClient, type Snapshot } from 'kuberx';
import { heartbeatName, type Sighting } from '../recovery/line-protocol.ts';
import type { Write } from '../recovery/staleness.ts';
import { namespaces } from './soak-server.ts';
import type { SoakObject } from './writer.ts';

/** Milliseconds between two heartbeats. */
const period = 2000;
const [namespace = ''] = namespaces;
/** The object that every reflector sees, also one of metadata alone. */
const annotation = 'sequence';

/** Changes one object, which is in every selection, every two seconds. It is to write straight to the server. */
export class Heartbeat {
  /** The writes that the server has taken, in order. */
  readonly writes: Write[] = [];
  readonly #client: ResourceClient<SoakObject>;
  #running = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #sequence = 0;

  constructor(client: ResourceClient<SoakObject>) {
    this.#client = client;
  }

  /** Creates the object. */
  async prepare(): Promise<void> {
    const metadata = { name: heartbeatName, namespace, labels: { tier: 'gold' } };
    await firstValueFrom(this.#client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {} }));
  }

  start(): void {
    this.#running = new AbortController();
    this.#loop = this.#run(this.#running.signal);
  }

  /** Resolves when the last write is answered, or has failed. */
  async stop(): Promise<void> {
    this.#running.abort();
    await this.#loop;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#write().catch((error: unknown) => {
        // The server is away: a write that it does not take cannot be late.
        if (!(error instanceof KubeError)) throw error;
      });
      await pause(period, undefined, { signal }).catch(() => undefined);
    }
  }

  async #write(): Promise<void> {
    const sequence = (this.#sequence += 1);
    const body = { metadata: { annotations: { [annotation]: String(sequence) } } };
    await firstValueFrom(this.#client.patch({ name: heartbeatName, namespace }, { type: 'merge', body }));
    this.writes.push({ namespace, sequence, at: Date.now() });
  }
}

/** The heartbeat that a snapshot has. */
export function heartbeatOf(snapshot: Snapshot<KubernetesObject>): Omit<Sighting, 'at'> | undefined {
  const sequence = snapshot.getByKey(`${namespace}/${heartbeatName}`)?.metadata.annotations?.[annotation];
  return sequence === undefined ? undefined : { namespace, sequence: Number(sequence) };
}
