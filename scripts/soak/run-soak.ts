import { setTimeout as pause } from 'node:timers/promises';
import { reflector } from 'kuberx';
import { listWatch, resourceClient } from 'kuberx/client-node';
import type { Downtime, Staleness } from '../recovery/staleness.ts';
import { faultPlan } from './fault-plan.ts';
import { FaultProxy } from './fault-proxy.ts';
import { Heartbeat } from './heartbeat.ts';
import { holdings, leftovers } from './leftovers.ts';
import { merged } from './merged.ts';
import { seededRandom, wholeNumber } from './seeded-random.ts';
import { controlPlaneServer, embeddedServer, namespaces, resource, type SoakServer } from './soak-server.ts';
import { type Reflect, Subject } from './subject.ts';
import { subjectKinds } from './subject-kinds.ts';
import { type SoakObject, type WriteCounts, Writer } from './writer.ts';

/** How a soak runs. */
export interface SoakOptions {
  readonly milliseconds: number;
  /** Decides every fault and every write; not which request meets which fault. */
  readonly seed: number;
  readonly server: 'embedded' | 'controlplane';
  /** The number of reflectors. Default 36. */
  readonly subjects?: number;
  /** Milliseconds of faults and writes between two quiet points. Default 8 s. */
  readonly stretch?: number;
  /** Milliseconds within which everybody has to agree with a fresh list. Default 15 s. */
  readonly bound?: number;
  /** Ends at the first quiet point with a divergence of these words, without the check of leftovers. */
  readonly stopsAt?: RegExp;
  /** Default `reflector`. */
  readonly reflect?: Reflect;
  readonly log?: (line: string) => void;
  /** Ends it at the next quiet point, which comes at once. */
  readonly signal?: AbortSignal;
}

/** The result of a soak. */
export interface SoakRecord {
  /** The number of each fault. */
  readonly faults: ReadonlyMap<string, number>;
  readonly writes: Readonly<WriteCounts>;
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  readonly relists: number;
  /** By reason. */
  readonly interruptions: ReadonlyMap<string, number>;
  readonly quietPoints: number;
  /** Milliseconds that the slowest reflector needed at a quiet point. */
  readonly slowestAgreement: number;
  /** The lag of each reflector behind an object that changes every two seconds, while the server could be reached. */
  readonly lags: readonly Lag[];
  /** Bytes of the heap at the end, minus those at the beginning. */
  readonly heapGrowth: number;
  /** The broken promises, in words. */
  readonly divergences: readonly string[];
}

/** The lag of a reflector. */
export interface Lag extends Staleness {
  readonly name: string;
}

/**
 * The allowed growth of the heap at the end, in bytes: code and shapes of objects stay. Ten thousand faults that leak 2
 * kB each exceed it.
 */
export const heapMargin: number = 20 * 1024 * 1024;

/** Short, so that a connection that is silent is given up within two seconds, and an unused one closed after one. */
const connection = {
  connectTimeout: 2000,
  silenceTimeout: 2000,
  pingAfter: 1000,
  pingTimeout: 1000,
  idleTimeout: 1000,
} as const;

/** Runs reflectors through proxies that fail, while writers write, and compares at each quiet point. Everything it starts it ends. */
export async function runSoak(options: SoakOptions): Promise<SoakRecord> {
  const before = await holdings();
  const record = await new Soak(options).run();
  if (isToldBy(options, record)) return { ...record, heapGrowth: 0 };
  const left = await leftovers(before, 10_000);
  const heapGrowth = (await holdings()).heap - before.heap;
  if (heapGrowth > heapMargin) left.push(`the heap has grown by ${(heapGrowth / 2 ** 20).toFixed(1)} MiB`);
  return { ...record, heapGrowth, divergences: [...record.divergences, ...left.map((each) => `at the end: ${each}`)] };
}

/** Whether a divergence has the words that the soak stops at. */
function isToldBy({ stopsAt }: SoakOptions, { divergences }: Pick<SoakRecord, 'divergences'>): boolean {
  return stopsAt !== undefined && divergences.some((each) => stopsAt.test(each));
}

class Soak {
  readonly #options: SoakOptions;
  readonly #random: () => number;
  readonly #log: (line: string) => void;
  readonly #bound: number;
  readonly #divergences: string[] = [];
  readonly #disturbances = new Map<string, number>();
  /** When the server could not be reached by anybody. */
  readonly #downtimes: Downtime[] = [];
  #quietPoints = 0;
  #slowest = 0;

  constructor(options: SoakOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#log = options.log ?? (() => undefined);
    this.#bound = options.bound ?? 15_000;
  }

  async run(): Promise<Omit<SoakRecord, 'heapGrowth'>> {
    const server = await (this.#options.server === 'embedded' ? embeddedServer() : controlPlaneServer(this.#log));
    const proxies: FaultProxy[] = [];
    try {
      // A connection to a server of HTTP/2 carries many reflectors; more proxies, more connections, more faults.
      for (let count = server.protocol === 'http1' ? 4 : 12; count > 0; count -= 1) {
        proxies.push(
          await FaultProxy.start({ target: server.port, protocol: server.protocol, next: this.#plan(server) }),
        );
      }
      const writers = this.#writers(server, proxies[0]!);
      for (const proxy of proxies) proxy.calm();
      for (const writer of writers) await writer.prepare();
      const client = resourceClient<SoakObject>(server.kubeConfig(), resource as string, connection);
      const heartbeat = new Heartbeat(client);
      await heartbeat.prepare();
      const subjects = this.#subjects(server, proxies);
      await this.#stretches(server, proxies, [...writers, heartbeat], subjects);
      await this.#end(server, proxies, subjects);
      const lags = subjects.map((subject, index): Lag => {
        const downtimes = [...this.#downtimes, ...proxies[index % proxies.length]!.downtimes];
        return { name: subject.name, ...subject.lag(heartbeat.writes, downtimes) };
      });
      return { ...this.#record(proxies, writers, subjects), lags };
    } finally {
      await Promise.all(proxies.map((proxy) => proxy.stop()));
      await server.stop();
    }
  }

  #plan({ protocol }: SoakServer): ReturnType<typeof faultPlan> {
    const random = seededRandom(wholeNumber(this.#random, 1, 2 ** 31));
    return faultPlan(protocol === 'http1' ? { random } : { random, share: 100, reach: 400_000, refusals: 30 });
  }

  /** Half of them write through a proxy, and do not always learn what became of it. */
  #writers(server: SoakServer, proxy: FaultProxy): readonly Writer[] {
    return [undefined, undefined, proxy.port, proxy.port].map((port, index) => {
      const names = ['anchor', ...Array.from({ length: 14 }, (_, n) => `object-${n}`)].map(
        (name) => `${name}-${index}`,
      );
      const client = resourceClient<SoakObject>(server.kubeConfig(port), resource as string, connection);
      const random = seededRandom(wholeNumber(this.#random, 1, 2 ** 31));
      return new Writer({ client, names, namespaces, random, interval: 40 });
    });
  }

  #subjects(server: SoakServer, proxies: readonly FaultProxy[]): readonly Subject[] {
    const { subjects = 36, reflect = reflector } = this.#options;
    const kubeConfigs = proxies.map(({ port }) => server.kubeConfig(port));
    return Array.from({ length: subjects }, (_, index) => {
      const kind = subjectKinds[index % subjectKinds.length]!;
      const kubeConfig = kubeConfigs[index % kubeConfigs.length]!;
      const { metadataOnly = false } = kind;
      const listWatchOptions = { ...kind.listWatch, connection };
      const listerWatcher = metadataOnly
        ? listWatch(kubeConfig, resource, { ...listWatchOptions, metadataOnly })
        : listWatch<SoakObject>(kubeConfig, resource as string, listWatchOptions);
      return new Subject({
        name: `${index} (${kind.name})`,
        kind,
        listerWatcher,
        reflect,
        wrong: (what) => this.#diverged(what),
      });
    });
  }

  async #stretches(
    server: SoakServer,
    proxies: readonly FaultProxy[],
    writers: readonly (Writer | Heartbeat)[],
    subjects: readonly Subject[],
  ): Promise<void> {
    const { milliseconds, stretch = 8000, signal } = this.#options;
    const timesOut = performance.now() + milliseconds;
    const left = (end: number): number => (signal?.aborted === true ? 0 : Math.max(0, end - performance.now()));
    while (left(timesOut) > 0) {
      for (const proxy of proxies) proxy.trouble();
      for (const writer of writers) writer.start();
      const stretchEnd = Math.min(timesOut, performance.now() + stretch);
      while (left(stretchEnd) > 0) {
        await pause(Math.min(stretch / 4, left(stretchEnd)), undefined, { signal }).catch(() => undefined);
        const start = Date.now();
        const { name, isDown } = await server.disturb(this.#random);
        if (isDown) this.#downtimes.push({ start, end: Date.now() });
        this.#disturbances.set(name, (this.#disturbances.get(name) ?? 0) + 1);
      }
      await Promise.all(writers.map((writer) => writer.stop()));
      for (const proxy of proxies) proxy.calm();
      await this.#compare(server, subjects);
      const faults = sum(merged(proxies.map(({ counts }) => counts)));
      this.#log(`quiet point ${this.#quietPoints}: ${faults} faults, ${this.#divergences.length} divergences`);
      if (isToldBy(this.#options, { divergences: this.#divergences })) return;
    }
  }

  async #compare(server: SoakServer, subjects: readonly Subject[]): Promise<void> {
    const list = await server.freshList();
    const times = await Promise.all(subjects.map((subject) => subject.settle(list, this.#bound)));
    this.#quietPoints += 1;
    this.#slowest = Math.max(this.#slowest, ...times);
  }

  /** Unsubscribes all; then nothing of them may reach a proxy or the server any more. */
  async #end(server: SoakServer, proxies: readonly FaultProxy[], subjects: readonly Subject[]): Promise<void> {
    for (const subject of subjects) subject.stop();
    const open = (): number => proxies.reduce((total, proxy) => total + proxy.connections, server.connections());
    const end = performance.now() + this.#bound;
    while (open() > 0 && performance.now() < end) await pause(50);
    if (open() > 0) this.#diverged(`${open()} connections are open after unsubscribing`);
  }

  #diverged(what: string): void {
    this.#divergences.push(what);
    if (this.#divergences.length <= 20) this.#log(`DIVERGENCE ${what}`);
  }

  #record(
    proxies: readonly FaultProxy[],
    writers: readonly Writer[],
    subjects: readonly Subject[],
  ): Omit<SoakRecord, 'heapGrowth' | 'lags'> {
    const total = (count: (subject: Subject) => number): number =>
      subjects.reduce((all, subject) => all + count(subject), 0);
    const writes = { created: 0, changed: 0, deleted: 0, recreated: 0, unanswered: 0 };
    for (const { counts } of writers)
      for (const kind of Object.keys(writes) as (keyof WriteCounts)[]) writes[kind] += counts[kind];
    return {
      faults: merged([...proxies.map(({ counts }) => counts), this.#disturbances]),
      writes,
      lists: total(({ requests }) => requests.lists),
      watches: total(({ requests }) => requests.watches),
      events: total(({ counts }) => counts.events),
      relists: total(({ counts }) => Math.max(0, counts.relists)),
      interruptions: merged(subjects.map(({ counts }) => counts.interruptions)),
      quietPoints: this.#quietPoints,
      slowestAgreement: this.#slowest,
      divergences: this.#divergences,
    };
  }
}

/** The number of all faults. */
export function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
