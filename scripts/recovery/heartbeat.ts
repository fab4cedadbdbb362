import { setTimeout as pause } from 'node:timers/promises';
import type { ControlPlane } from '../controlplane/control-plane.ts';
import { request } from '../controlplane/http-request.ts';
import { heartbeatName } from './line-protocol.ts';
import type { Write } from './staleness.ts';

/** Milliseconds between two heartbeats. */
const period = 2000;
/** Milliseconds until a write that failed is tried again. */
const retryAfter = 100;

/** Where a resource is served. */
export function pathOf(resource: string, namespace: string): string {
  const words = resource.split('/');
  const plural = words.pop()!;
  return `/${words.length === 1 ? 'api' : 'apis'}/${words.join('/')}/namespaces/${namespace}/${plural}`;
}

/** Writes objects named `heartbeat` straight to the server, each time with a higher number. */
export class Heartbeat {
  /** The writes that the server has taken, in order. */
  readonly writes: Write[] = [];
  readonly #controlPlane: ControlPlane;
  readonly #resource: string;
  readonly #ended = new AbortController();
  #beating: Promise<void> = Promise.resolve();
  #sequence = 0;

  constructor(controlPlane: ControlPlane, resource: string) {
    this.#controlPlane = controlPlane;
    this.#resource = resource;
  }

  /** Writes an object, again until the server takes it. Any other than the heartbeat is of no account. */
  async write(namespace: string, name: string = heartbeatName): Promise<void> {
    const { url, ca, token } = this.#controlPlane;
    const words = this.#resource.split('/');
    const kind = words.length === 2 ? 'ConfigMap' : 'Heartbeat';
    const sequence = (this.#sequence += 1);
    const body = {
      apiVersion: words.slice(0, -1).join('/'),
      kind,
      metadata: { name, namespace },
      data: { sequence: String(sequence) },
    };
    const target = `${url}${pathOf(this.#resource, namespace)}/${name}?fieldManager=recovery&force=true`;
    const options = { method: 'PATCH', contentType: 'application/apply-patch+yaml', body, ca, token, timeout: 1000 };
    while (!this.#ended.signal.aborted) {
      const answer = await request(target, options).catch(() => undefined);
      if (answer?.status === 200 || answer?.status === 201) {
        if (name === heartbeatName) this.writes.push({ namespace, sequence, at: Date.now() });
        return;
      }
      await pause(retryAfter);
    }
  }

  /** Writes every two seconds from now on. */
  beat(namespace: string): void {
    const loop = async (): Promise<void> => {
      while (!this.#ended.signal.aborted) {
        await this.write(namespace);
        await pause(period, undefined, { signal: this.#ended.signal }).catch(() => undefined);
      }
    };
    this.#beating = loop();
  }

  /** Ends the writing; resolves when the last write is answered. */
  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#beating;
  }
}
