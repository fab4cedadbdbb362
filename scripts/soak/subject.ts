import { isDeepStrictEqual } from 'node:util';
import { filter, firstValueFrom, map, type Observable, type SchedulerLike, type Subscription, timeout } from 'rxjs';
import {
  type CacheEvent,
  type KubernetesObject,
  type ListerWatcher,
  type ReflectorOptions,
  store,
  type Store,
} from 'kuberx';
import type { Sighting } from '../recovery/line-protocol.ts';
import { type Downtime, type Staleness, staleness, type Write } from '../recovery/staleness.ts';
import { CommitAudit } from './commit-audit.ts';
import { differences } from './differences.ts';
import { heartbeatOf } from './heartbeat.ts';
import { HeldSnapshots } from './held-snapshots.ts';
import { RequestAudit } from './request-audit.ts';
import type { SubjectKind } from './subject-kinds.ts';
import { isAnchor } from './writer.ts';

/** Makes cache events of a ListerWatcher: `reflector`, or one that is broken on purpose. */
export type Reflect = (
  listerWatcher: ListerWatcher<KubernetesObject>,
  options: ReflectorOptions<KubernetesObject>,
) => Observable<CacheEvent<KubernetesObject>>;

/** The parts of a {@link Subject}. */
export interface SubjectOptions {
  readonly name: string;
  readonly kind: SubjectKind;
  readonly listerWatcher: ListerWatcher<KubernetesObject>;
  readonly reflect: Reflect;
  /** Called for each broken promise. */
  readonly wrong: (what: string) => void;
  /** What is in place of the machine's clock and chance. Default: those. */
  readonly virtual?: { readonly scheduler: SchedulerLike; readonly random: () => number };
}

/** The result of a reflector. */
export interface SubjectCounts {
  events: number;
  relists: number;
  /** By reason. */
  readonly interruptions: Map<string, number>;
}

// A soak is for faults, and not for waiting until the end of a backoff.
const backoff = { initial: 20, max: 200 };

/** One reflector and its store, watched all the time. */
export class Subject {
  readonly name: string;
  readonly counts: SubjectCounts = { events: 0, relists: -1, interruptions: new Map() };
  readonly requests: RequestAudit;
  readonly #kind: SubjectKind;
  readonly #wrong: (what: string) => void;
  readonly #store: Store<KubernetesObject>;
  readonly #audit: CommitAudit;
  readonly #reader = new HeldSnapshots(150);
  readonly #subscription: Subscription;
  readonly #sightings: Sighting[] = [];

  constructor({ name, kind, listerWatcher, reflect, wrong, virtual }: SubjectOptions) {
    this.name = name;
    this.#kind = kind;
    this.#wrong = (what) => wrong(`${name}: ${what}`);
    this.requests = new RequestAudit(this.#wrong, virtual && (() => virtual.scheduler.now()));
    this.#store = store<KubernetesObject>(kind.store);
    this.#audit = new CommitAudit({ returns: kind.listWatch?.labelSelector !== undefined });
    let anchors = 0;
    this.#subscription = this.#store.commits$.subscribe((commit) => {
      const { snapshot } = commit;
      for (const what of this.#audit.check(commit)) this.#wrong(what);
      if (this.#store.snapshot$.value !== snapshot) this.#wrong('a commit came before its snapshot');
      // The anchors are never deleted, so a list with fewer of them is only a part of the state.
      const seen = snapshot.list().reduce((sum, { metadata }) => sum + (isAnchor(metadata.name) ? 1 : 0), 0);
      if (snapshot.synced && seen < anchors) this.#wrong(`${anchors - seen} objects are missing that are always there`);
      anchors = Math.max(anchors, seen);
      this.#reader.offer(snapshot);
      const heartbeat = heartbeatOf(snapshot);
      if (heartbeat !== undefined && heartbeat.sequence !== this.#sightings.at(-1)?.sequence)
        this.#sightings.push({ ...heartbeat, at: Date.now() });
    });
    const cacheEvents$ = reflect(this.requests.over(listerWatcher), { backoff, ...virtual, ...kind.reflector });
    this.#subscription.add(
      cacheEvents$.subscribe({
        next: (event) => this.#take(event),
        error: (error: unknown) => this.#wrong(`it ended with an error: ${String(error)}`),
        complete: () => this.#wrong('it completed'),
      }),
    );
  }

  /**
   * Waits until it agrees with a fresh list, at most `bound` milliseconds, then compares everything. Resolves to the
   * time that it took.
   */
  async settle(list: readonly KubernetesObject[], bound: number): Promise<number> {
    const start = performance.now();
    const expected = this.#expected(list);
    const agreed$ = this.#store.snapshot$.pipe(
      filter((snapshot) => snapshot.synced && differences(snapshot, expected, { deep: false }).length === 0),
      map(() => true),
      timeout({ first: bound, with: () => [false] }),
    );
    const agreed = await firstValueFrom(agreed$, { defaultValue: false });
    const took = performance.now() - start;
    if (!agreed) this.#wrong(`it did not agree within ${bound} ms`);
    this.compare(list);
    return took;
  }

  /** Compares everything with a fresh list, and what has happened so far with what is promised. */
  compare(list: readonly KubernetesObject[]): void {
    const expected = this.#expected(list);
    const snapshot = this.#store.snapshot$.value;
    const wrong = differences(snapshot, expected, { deep: true });
    if (!snapshot.synced) this.#wrong('it is not synced');
    for (const what of wrong.slice(0, 5)) this.#wrong(what);
    if (!isDeepStrictEqual(new Set(snapshot.list()), new Set(snapshot.keys().map((key) => snapshot.getByKey(key)))))
      this.#wrong('list() and getByKey() differ');
    for (const what of this.#audit.settle(new Set(expected.map(({ metadata }) => metadata.uid ?? ''))))
      this.#wrong(what);
    for (const what of this.#reader.check()) this.#wrong(what);
  }

  /** Its lag behind the heartbeats so far; before its first state, behind all of them. */
  lag(writes: readonly Write[], downtimes: readonly Downtime[]): Staleness {
    return staleness(writes, this.#sightings, downtimes, Date.now());
  }

  /** Unsubscribes; nothing may be open then. */
  stop(): void {
    this.#subscription.unsubscribe();
    if (this.requests.open > 0) this.#wrong(`${this.requests.open} requests are open after unsubscribing`);
  }

  #take(event: CacheEvent<KubernetesObject>): void {
    const { counts } = this;
    switch (event.type) {
      case 'Added':
      case 'Updated':
      case 'Deleted':
        counts.events += 1;
        break;
      case 'Replaced':
        counts.relists += 1;
        break;
      case 'Interrupted': {
        const { reason } = event.error;
        counts.interruptions.set(reason, (counts.interruptions.get(reason) ?? 0) + 1);
        break;
      }
      case 'Bookmark':
      case 'Sync':
      case 'Requested':
      case 'Opened':
      case 'Received':
      case 'Settled':
      case 'Unwatched':
      case 'HeldBack':
        break;
      case 'Refused':
        this.#wrong(`an object was left out: ${event.error.message}`);
        break;
      default:
        event satisfies never;
    }
    try {
      this.#store.next(event);
    } catch (error) {
      this.#wrong(`the store refused ${event.type}: ${String(error)}`);
    }
  }

  #expected(list: readonly KubernetesObject[]): readonly KubernetesObject[] {
    const { selects = () => true, metadataOnly = false } = this.#kind;
    const selected = list.filter(selects);
    if (!metadataOnly) return selected;
    return selected.map(({ metadata }) => ({
      apiVersion: 'meta.k8s.io/v1',
      kind: 'PartialObjectMetadata',
      metadata,
    }));
  }
}
