import { createCollection, createLiveQueryCollection, eq } from '@tanstack/db';
import { BehaviorSubject, Subject, VirtualTimeScheduler } from 'rxjs';
import { type Commit, type Snapshot, view } from 'kuberx';
import { type BenchRow, byRestarts, commitsOf, compareRows, isRunning, type Scene } from './bench-row.ts';

/** One way to keep a sorted and filtered list: what one change costs until the first 50 rows can be shown. */
export interface Way {
  readonly name: string;
  /** Prepares a list of a scene. What it returns applies a change and returns the 50 rows. */
  readonly start: (scene: Scene) => Promise<(change: BenchRow, index: number) => readonly BenchRow[]>;
  /** How many changes are measured; few, where one takes long. */
  readonly changes: (rows: number) => number;
  readonly most: number;
}

const shown = 50;

/** A view over commits that were made before, so that the store is not measured. */
const ofView: Way = {
  name: 'kuberx view',
  changes: () => 4000,
  most: Infinity,
  start: (scene) => {
    const [first, ...commits] = commitsOf(scene);
    const snapshot$ = new BehaviorSubject<Snapshot<BenchRow>>(first!.snapshot);
    const commits$ = new Subject<Commit<BenchRow>>();
    const { rows$ } = view<BenchRow>(
      { snapshot$, commits$ },
      { where: isRunning, orderBy: byRestarts, scheduler: new VirtualTimeScheduler() },
    );
    let rows = rows$.value;
    rows$.subscribe((next) => (rows = next));
    return Promise.resolve((_, index) => {
      commits$.next(commits[index]!);
      return rows.slice(0, shown);
    });
  },
};

/** What a component does that filters and sorts what it gets. */
const recomputed: Way = {
  name: 'filter and sort anew',
  changes: (rows) => (rows > 10_000 ? 5 : 20),
  most: Infinity,
  start: (scene) => {
    const commits = commitsOf(scene).slice(1);
    return Promise.resolve((_, index) =>
      commits[index]!.snapshot.list().filter(isRunning).sort(compareRows).slice(0, shown),
    );
  },
};

/** The sorted array of before, with the change in it, sorted again: next to nothing is out of order. */
const resorted: Way = {
  name: 'sort the sorted array again',
  changes: (rows) => (rows > 10_000 ? 10 : 50),
  most: Infinity,
  start: ({ rows }) => {
    let sorted = rows.filter(isRunning).sort(compareRows);
    return Promise.resolve((change) => {
      sorted = sorted.filter(({ metadata }) => metadata.uid !== change.metadata.uid);
      if (isRunning(change)) sorted.push(change);
      sorted.sort(compareRows);
      return sorted.slice(0, shown);
    });
  },
};

/** A live query with the same filter and order. `toArray` is what its bindings hand to a component. */
const ofTanStack: Way = {
  name: 'TanStack DB, ordered live query',
  changes: (rows) => (rows > 10_000 ? 5 : 20),
  most: 50_000,
  start: async ({ rows }) => {
    let write = (_row: BenchRow): void => undefined;
    const collection = createCollection<BenchRow, string>({
      getKey: ({ metadata }) => metadata.uid!,
      startSync: true,
      sync: {
        rowUpdateMode: 'full',
        sync: (sync) => {
          sync.begin();
          for (const value of rows) sync.write({ type: 'insert', value });
          void sync.commit();
          sync.markReady();
          write = (value) => {
            sync.begin();
            sync.write({ type: 'update', value });
            void sync.commit();
          };
        },
      },
    });
    const query = createLiveQueryCollection({
      startSync: true,
      query: (q) =>
        q
          .from({ pod: collection })
          .where(({ pod }) => eq(pod.status.phase, 'Running'))
          .orderBy(({ pod }) => pod.status.restarts, 'desc')
          .orderBy(({ pod }) => pod.metadata.namespace)
          .orderBy(({ pod }) => pod.metadata.name),
    });
    await query.preload();
    return (change) => {
      write(change);
      return query.toArray.slice(0, shown);
    };
  },
};

/**
 * How Headlamp applies an event, written anew: the list in its query cache is copied, the object is searched by its uid, and the
 * cache compares both lists to keep what is equal. Its tables filter and sort after that, which is not counted.
 */
const likeHeadlamp: Way = {
  name: "an event in Headlamp's way",
  changes: (rows) => (rows > 10_000 ? 20 : 100),
  most: Infinity,
  start: ({ rows }) => {
    let held = { kind: 'PodList', items: [...rows] };
    return Promise.resolve((change) => {
      const next = { ...held, items: [...held.items] };
      const index = next.items.findIndex(({ metadata }) => metadata.uid === change.metadata.uid);
      if (index < 0) next.items.push(change);
      else next.items[index] = change;
      held = shareEqual(held, next) as typeof held;
      return held.items.slice(0, shown);
    });
  },
};

/**
 * How Lens applies events, written anew: a buffer of 50 is flushed, each object is searched by its uid, all are sorted and
 * replaced. The time is that of one event.
 */
const likeLens: Way = {
  name: "an event in Lens' way",
  changes: (rows) => (rows > 10_000 ? 250 : 500),
  most: 50_000,
  start: ({ rows }) => {
    let items = [...rows];
    let buffer: BenchRow[] = [];
    return Promise.resolve((change) => {
      buffer.push(change);
      if (buffer.length < 50) return items.slice(0, shown);
      const next = [...items];
      for (const each of buffer) {
        const index = next.findIndex(({ metadata }) => metadata.uid === each.metadata.uid);
        if (index < 0) next.push(each);
        else next[index] = each;
      }
      buffer = [];
      items = next.sort(compareRows);
      return items.slice(0, shown);
    });
  },
};

/** All of them; the view first. */
export const ways: readonly Way[] = [ofView, recomputed, resorted, ofTanStack, likeHeadlamp, likeLens];

/** The newer value, with the parts of the older one that are equal: the structural sharing of a query cache. */
function shareEqual(older: unknown, newer: unknown): unknown {
  if (older === newer) return older;
  if (typeof older !== 'object' || typeof newer !== 'object' || older === null || newer === null) return newer;
  const before = older as Record<string, unknown>;
  const after = newer as Record<string, unknown>;
  const copy: Record<string, unknown> = Array.isArray(newer) ? ([] as never) : {};
  const keys = Object.keys(after);
  let equal = 0;
  for (const key of keys) {
    copy[key] = shareEqual(before[key], after[key]);
    if (copy[key] === before[key]) equal++;
  }
  return equal === keys.length && equal === Object.keys(before).length ? older : copy;
}
