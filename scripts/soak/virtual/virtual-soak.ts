import { type SchedulerLike } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { type KubeError, reflector } from 'kuberx';
import { httpResourceClient, type HttpResourceClientOptions, parseResource } from 'kuberx/http';
import { listWatch, type ListWatchOptions } from 'kuberx/rest';
import { ApiServer } from 'kuberx/testing/apiserver';
import { faultPlan } from '../fault-plan.ts';
import { merged } from '../merged.ts';
import { oneOf, seededRandom, wholeNumber } from '../seeded-random.ts';
import { type Reflect, Subject, type SubjectOptions } from '../subject.ts';
import { subjectKinds } from '../subject-kinds.ts';
import { isAnchor, randomWrite, soakObject, type SoakObject, wasAnswered, type WriteCounts } from '../writer.ts';
import { FaultyPath, type FaultyPathOptions } from './faulty-path.ts';

const resource = 'v1/configmaps';
const namespaces = ['soak-a', 'soak-b', 'soak-c'];
const names = ['anchor', ...Array.from({ length: 9 }, (_, n) => `object-${n}`)];

/** Stretches of faults and writes, each followed by a quiet point, in milliseconds of virtual time. */
const stretches = 2;
const stretch = 12_000;
/** Longer than a connection without life takes to show, and than every backoff. */
const quiet = 50_000;

/** The result of a seed. */
export interface VirtualSoakRecord {
  /** The broken promises, in words. */
  readonly divergences: readonly string[];
  /** The number of each fault. */
  readonly faults: ReadonlyMap<string, number>;
  readonly writes: Readonly<WriteCounts>;
  readonly events: number;
  readonly relists: number;
}

/**
 * A soak in virtual time: reflectors of three kinds follow a server in memory, each through a path that fails, while objects
 * are written and the server fails too. At each quiet point every store has to equal what the server holds. A seed decides all of it:
 * the same seed gives the same run.
 */
export function virtualSoak(seed: number, reflect: Reflect = reflector): VirtualSoakRecord {
  const scheduler = new TestScheduler(() => undefined);
  return scheduler.run(() => new VirtualSoak(seed, reflect, scheduler).run());
}

class VirtualSoak {
  readonly #random: () => number;
  readonly #scheduler: TestScheduler;
  readonly #server: ApiServer;
  readonly #paths: FaultyPath[] = [];
  readonly #subjects: Subject[];
  readonly #divergences: string[] = [];
  readonly #incidents = new Map<string, number>();
  readonly #writes: WriteCounts = { created: 0, changed: 0, deleted: 0, recreated: 0, unanswered: 0 };

  constructor(seed: number, reflect: Reflect, scheduler: TestScheduler) {
    this.#random = seededRandom(seed);
    this.#scheduler = scheduler;
    this.#server = new ApiServer({
      listen: false,
      scheduler,
      random: this.#random,
      watchList: this.#random() < 0.8,
      latency: oneOf(this.#random, [0, 0, 5, 100]),
      historySize: wholeNumber(this.#random, 5, 200),
    });
    for (const name of names.filter(isAnchor)) {
      for (const namespace of namespaces) this.#server.create(resource, soakObject(this.#random, name, namespace));
    }
    // Neighbouring seeds have other kinds, so that a dozen of seeds has them all.
    this.#subjects = [0, 1, 2].map((index) => this.#subject(seed * 3 + index, reflect));
  }

  run(): VirtualSoakRecord {
    let end = 0;
    for (let count = 0; count < stretches; count++) {
      const start = end;
      this.#at(start, () => {
        this.#trouble(true);
        this.#disturb(start + stretch);
      });
      this.#at(start + stretch, () => this.#trouble(false));
      end = start + stretch + quiet;
      this.#at(end, () => this.#compare());
    }
    this.#at(end, () => {
      for (const subject of this.#subjects) subject.stop();
      if (this.#server.openStreams > 0) this.#divergences.push(`${this.#server.openStreams} streams are left open`);
    });
    this.#scheduler.flush();
    const total = (count: (subject: Subject) => number): number =>
      this.#subjects.reduce((sum, subject) => sum + count(subject), 0);
    return {
      divergences: this.#divergences,
      faults: merged([...this.#paths.map(({ counts }) => counts), this.#incidents]),
      writes: this.#writes,
      events: total(({ counts }) => counts.events),
      relists: total(({ counts }) => Math.max(0, counts.relists)),
    };
  }

  /** `time`: from now on. */
  #at(time: number, action: () => void): void {
    (this.#scheduler as SchedulerLike).schedule(action, time);
  }

  /** Writes, and now and then more, until a time. Each plans the next one: the scheduler sorts all that is planned each time. */
  #disturb(until: number): void {
    const pause = wholeNumber(this.#random, 20, 500);
    if (this.#scheduler.now() + pause >= until) return;
    this.#at(pause, () => {
      this.#write();
      if (this.#random() < 0.05) this.#incident();
      this.#disturb(until);
    });
  }

  #path(): FaultyPath {
    const next = faultPlan({ random: this.#random, share: 60, refusals: 20 });
    const path = new FaultyPath({
      http: this.#server.http,
      next,
      scheduler: this.#scheduler,
      random: this.#random,
    } satisfies FaultyPathOptions);
    this.#paths.push(path);
    return path;
  }

  #subject(index: number, reflect: Reflect): Subject {
    const kind = subjectKinds[index % subjectKinds.length]!;
    const options: ListWatchOptions = { ...kind.listWatch, http: this.#path().http };
    const config = { server: 'http://memory' };
    return new Subject({
      name: kind.name,
      kind,
      listerWatcher:
        kind.metadataOnly === true
          ? listWatch(config, resource, { ...options, metadataOnly: true })
          : listWatch(config, resource as string, options),
      reflect,
      wrong: (what) => void this.#divergences.push(`at ${this.#scheduler.now()} ms: ${what}`),
      virtual: { scheduler: this.#scheduler, random: this.#random },
    } satisfies SubjectOptions);
  }

  #trouble(troubled: boolean): void {
    for (const path of this.#paths) path.troubled = troubled;
    if (troubled) return;
    this.#server.clearFailures();
    void this.#server.start();
  }

  /** Every second write goes by a path that fails, and does not always tell what became of it. */
  #write(): void {
    const way = this.#random() < 0.5 ? this.#server : this.#paths[0]!;
    const client = httpResourceClient<SoakObject>({
      http: way.http,
      resource: parseResource(resource),
    } satisfies HttpResourceClientOptions);
    randomWrite({ client, names, namespaces, random: this.#random }, this.#writes).subscribe({
      error: (error: unknown) => {
        if (!wasAnswered(error as KubeError)) this.#writes.unanswered += 1;
      },
    });
  }

  #incident(): void {
    const server = this.#server;
    const how = oneOf(this.#random, ['clean', 'reset', 'mid-line'] as const);
    const [name, happen] = oneOf<readonly [string, () => void]>(this.#random, [
      ['server ends streams', () => server.endStreams({ how })],
      ['server compaction', () => server.compact()],
      ['server restart', () => server.restartCache()],
      ['server bookmark', () => server.bookmark()],
      ['server failure', () => server.failNext({ code: oneOf(this.#random, [403, 429, 500, 503] as const), times: 2 })],
      [
        'server stop',
        () => {
          void server.stop({ how: how === 'clean' ? 'clean' : 'reset' });
          this.#at(wholeNumber(this.#random, 0, 5000), () => void server.start());
        },
      ],
    ]);
    this.#incidents.set(name, (this.#incidents.get(name) ?? 0) + 1);
    happen();
  }

  #compare(): void {
    const list = this.#server.list(resource);
    for (const subject of this.#subjects) subject.compare(list);
  }
}
