import { setTimeout as pause } from 'node:timers/promises';
import { concat, defer, lastValueFrom, type Observable, tap } from 'rxjs';
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
    const { names, namespaces, client, random } = this.#options;
    for (const name of names.filter(isAnchor)) {
      for (const namespace of namespaces) await answered(client.create(soakObject(random, name, namespace)));
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
        if (!wasAnswered(error)) this.counts.unanswered += 1;
      });
      await pause(random() * interval * 2);
    }
  }

  async #write(): Promise<void> {
    await answered(randomWrite(this.#options, this.counts));
  }
}

/** What a write needs of {@link WriterOptions}. */
type WriteOptions = Omit<WriterOptions, 'interval'>;

/** One write by chance, a replacement of two requests among them, as it is subscribed to. It counts what the server confirms. */
export function randomWrite(
  { client, names, namespaces, random }: WriteOptions,
  counts: WriteCounts,
): Observable<unknown> {
  const [name, namespace] = [oneOf(random, names), oneOf(random, namespaces)];
  const dice = isAnchor(name) ? 0 : random();
  const object = soakObject(random, name, namespace);
  const { metadata, data } = object;
  function counted(request$: Observable<unknown>, kind: keyof WriteCounts): Observable<unknown> {
    return request$.pipe(tap({ complete: () => (counts[kind] += 1) }));
  }
  if (dice < 0.45) {
    const body = { metadata: { labels: metadata.labels }, data };
    return counted(client.patch({ name, namespace }, { type: 'merge', body }), 'changed');
  }
  if (dice < 0.7) return counted(client.create(object), 'created');
  const deletion$ = counted(client.delete({ name, namespace }), 'deleted');
  return dice < 0.85
    ? deletion$
    : concat(
        deletion$,
        defer(() => counted(client.create(object), 'recreated')),
      );
}

/** A ConfigMap that chance fills. */
export function soakObject(random: () => number, name: string, namespace: string): SoakObject {
  const tier = isAnchor(name) ? 'gold' : oneOf(random, ['gold', 'silver']);
  const text = oneOf(random, letters).repeat(wholeNumber(random, 1, 600));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: { tier } },
    data: { text, count: String(wholeNumber(random, 0, 9)) },
  };
}

/** Whether a failure says that nothing was written: what was to be changed was not there, or what was to be created was. */
export function wasAnswered({ reason }: KubeError): boolean {
  return reason === 'NotFound' || reason === 'AlreadyExists';
}

function answered(request$: Observable<unknown>): Promise<unknown> {
  return lastValueFrom(request$, { defaultValue: undefined });
}

/** True for the names of objects that are always there. */
export function isAnchor(name: string): boolean {
  return name.startsWith('anchor');
}
