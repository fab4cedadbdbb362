import { setTimeout as pause } from 'node:timers/promises';
import { firstValueFrom, type Observable } from 'rxjs';
import { KubeError, type KubernetesObject, type ResourceClient } from 'kuberx';
import { oneOf, wholeNumber } from './seeded-random.ts';

/** A ConfigMap as a soak writes it. */
export interface SoakObject extends KubernetesObject {
  readonly data: Readonly<Record<string, string>>;
}

/** The writes of a writer that the server confirmed. `unanswered`: it may have happened or not. */
export interface WriteCounts {
  created: number;
  changed: number;
  deleted: number;
  recreated: number;
  unanswered: number;
}

/** Where and how a {@link Writer} writes. */
export interface WriterOptions {
  readonly client: ResourceClient<SoakObject>;
  readonly namespaces: readonly string[];
  /** The names it writes; no other writer has them. Those that begin with `anchor` are never deleted. */
  readonly names: readonly string[];
  readonly random: () => number;
  /** Milliseconds between two writes, on average. */
  readonly interval: number;
}

// Characters of one to four bytes, so that chunks end within them.
const letters = ['a', 'b', ' ', '"', 'ä', '→', '🦀'];

/** Creates, changes, deletes and replaces ConfigMaps, by chance, one request at a time. */
export class Writer {
  readonly counts: WriteCounts = { created: 0, changed: 0, deleted: 0, recreated: 0, unanswered: 0 };
  readonly #options: WriterOptions;
  #running = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Creates the anchors. Rejects if one of them cannot be created. */
  async prepare(): Promise<void> {
    const { names, namespaces, client } = this.#options;
    for (const name of names.filter(isAnchor)) {
      for (const namespace of namespaces) await answered(client.create(this.#object(name, namespace)));
    }
  }

  start(): void {
    this.#running = true;
    this.#loop = this.#run();
  }

  /** Resolves when the last write is answered, or given up. */
  async stop(): Promise<void> {
    this.#running = false;
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { interval, random } = this.#options;
    while (this.#running) {
      await this.#write().catch((error: unknown) => {
        if (!(error instanceof KubeError)) throw error;
        if (!['NotFound', 'AlreadyExists'].includes(error.reason)) this.counts.unanswered += 1;
      });
      await pause(random() * interval * 2);
    }
  }

  async #write(): Promise<void> {
    const { client, names, namespaces, random } = this.#options;
    const [name, namespace] = [oneOf(random, names), oneOf(random, namespaces)];
    const dice = isAnchor(name) ? 0 : random();
    const object = this.#object(name, namespace);
    if (dice < 0.45) {
      const { metadata, data } = object;
      const body = { metadata: { labels: metadata.labels }, data };
      await answered(client.patch({ name, namespace }, { type: 'merge', body }));
      this.counts.changed += 1;
    } else if (dice < 0.7) {
      await answered(client.create(object));
      this.counts.created += 1;
    } else {
      await answered(client.delete({ name, namespace }));
      this.counts.deleted += 1;
      if (dice < 0.85) return;
      await answered(client.create(object));
      this.counts.recreated += 1;
    }
  }

  #object(name: string, namespace: string): SoakObject {
    const { random } = this.#options;
    const tier = isAnchor(name) ? 'gold' : oneOf(random, ['gold', 'silver']);
    const text = oneOf(random, letters).repeat(wholeNumber(random, 1, 600));
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels: { tier } },
      data: { text, count: String(wholeNumber(random, 0, 9)) },
    };
  }
}

function answered(request$: Observable<unknown>): Promise<unknown> {
  return firstValueFrom(request$, { defaultValue: undefined });
}

/** True for the names of objects that are always there. */
export function isAnchor(name: string): boolean {
  return name.startsWith('anchor');
}
