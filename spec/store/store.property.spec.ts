import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CacheEvent } from '#src/protocol/cache-event.ts';
import type { InformerEvent } from '#src/protocol/informer-event.ts';
import { type Commit, commitOf, reduceSnapshot } from '#src/store/commit.ts';
import { emptySnapshot, type Snapshot } from '#src/store/snapshot.ts';
import { Store } from '#src/store/store.ts';
import { type Pod, pod } from './pods.ts';

type Model = ReadonlyMap<string, Pod>;
type Indexed = Snapshot<Pod, 'node' | 'letters'>;

const indexers = {
  node: (object: Pod) => (object.spec?.nodeName ? [object.spec.nodeName] : []),
  letters: (object: Pod) => Array.from(object.metadata.name),
};

const name = fc.integer({ min: 0, max: 120 }).map((index) => (index === 0 ? '__proto__' : `p${index}`));
const object = fc
  .record({
    name,
    version: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant('opaque'), fc.constant(undefined)),
    uid: fc.constantFrom('', 'u1', 'u2'),
    // One node holds most of them, so that buckets pass the size at which they change their form.
    node: fc.constantFrom('big', 'big', 'big', 'big', 'n1', 'n2', ''),
  })
  .map(({ name: named, version, uid, node }) =>
    pod(named, { uid, node, ...(version === undefined ? {} : { version }) }),
  );
const versionOf = (of: Pod): string => of.metadata.resourceVersion ?? '';
const replacement = fc
  .tuple(fc.array(object, { maxLength: 100, size: 'max' }), fc.integer({ min: 1, max: 60 }))
  .map(([objects, version]): CacheEvent<Pod> => ({ type: 'Replaced', objects, resourceVersion: String(version) }));
const change = (type: 'Added' | 'Updated' | 'Deleted'): fc.Arbitrary<CacheEvent<Pod>> =>
  object.map((of) => ({ type, object: of, resourceVersion: versionOf(of) }));
const others = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((version): CacheEvent<Pod> => ({
    type: 'Bookmark',
    resourceVersion: String(version),
  })),
  fc.constant<CacheEvent<Pod>>({ type: 'Sync' }),
  fc.constant<CacheEvent<Pod>>({ type: 'Requested', phase: 'listing' }),
);
// Histories fill up and are emptied, so that slots die; a burst has one kind of change.
const burst = fc.oneof(
  { weight: 4, arbitrary: fc.array(change('Added'), { minLength: 20, maxLength: 90, size: 'max' }) },
  { weight: 4, arbitrary: fc.array(change('Deleted'), { minLength: 60, maxLength: 250, size: 'max' }) },
  { weight: 2, arbitrary: fc.array(change('Updated'), { maxLength: 20 }) },
  { weight: 2, arbitrary: fc.array(others, { maxLength: 4 }) },
  { weight: 1, arbitrary: replacement.map((event) => [event]) },
);
const history = fc.array(burst, { minLength: 2, maxLength: 10, size: 'max' }).map((bursts) => bursts.flat());

/** The rules once more, in the plainest way. */
function applied(model: Model, event: CacheEvent<Pod>): Model {
  const next = new Map(model);
  if (event.type === 'Replaced') {
    next.clear();
    for (const each of event.objects) next.set(keyOf(each), each);
    for (const [key, each] of next) {
      const held = model.get(key);
      if (held && sameUid(held, each) && versionOf(each) && versionOf(held) === versionOf(each)) next.set(key, held);
    }
  } else if (event.type === 'Added' || event.type === 'Updated') {
    const held = model.get(keyOf(event.object));
    const stale = held && sameUid(held, event.object) && isStale(versionOf(event.object), versionOf(held));
    if (!stale) next.set(keyOf(event.object), event.object);
  } else if (event.type === 'Deleted') {
    const held = model.get(keyOf(event.object));
    if (held && sameUid(held, event.object)) next.delete(keyOf(held));
  }
  return next;
}

const keyOf = ({ metadata }: Pod): string => `default/${metadata.name}`;
const sameUid = (a: Pod, b: Pod): boolean => !a.metadata.uid || !b.metadata.uid || a.metadata.uid === b.metadata.uid;
const isStale = (version: string, held: string): boolean =>
  version !== '' && (version === held || (Number(version) > 0 && Number(held) > 0 && Number(version) < Number(held)));

function patched(model: Model, events: readonly InformerEvent<Pod>[]): Model {
  const next = new Map(model);
  for (const event of events) {
    const key = keyOf(event.object);
    expect(next.has(key)).toBe(event.type !== 'added');
    if (event.type === 'updated') expect(next.get(key)).toEqual(event.oldObject);
    if (event.type === 'deleted') next.delete(key);
    else next.set(key, event.object);
  }
  return next;
}

function sorted(objects: Iterable<Pod>): Pod[] {
  return [...objects].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function expectSame(snapshot: Indexed, model: Model): void {
  expect(snapshot.size).toBe(model.size);
  expect(sorted(snapshot.list())).toEqual(sorted(model.values()));
  expect(snapshot.keys().map((key) => snapshot.getByKey(key))).toEqual(snapshot.list());
  for (const [index, values] of Object.entries(indexers) as ['node' | 'letters', (typeof indexers)['node']][]) {
    const expected = Map.groupBy(
      [...model.values()].flatMap((each) => [...new Set(values(each))].map((value) => ({ value, each }))),
      ({ value }) => value,
    );
    expect(snapshot.listIndexFuncValues(index).sort()).toEqual([...expected.keys()].sort());
    for (const [value, members] of expected) {
      expect(sorted(snapshot.byIndex(index, value))).toEqual(sorted(members.map(({ each }) => each)));
    }
  }
}

const replay = (): { readonly step: (event: CacheEvent<Pod>) => void; readonly expectSameAs: (m: Model) => void } => {
  const store = new Store<Pod, 'node' | 'letters'>({ indexers });
  let heard = store.snapshot$.value;
  store.commits$.subscribe((commit) => {
    expect(commit.previous).toBe(heard);
    heard = commit.snapshot;
  });
  return {
    step: (event) => store.next(structuredClone(event)),
    expectSameAs: (model) => {
      expect(store.snapshot$.value).toBe(heard);
      expectSame(heard, model);
    },
  };
};

describe('over random histories', () => {
  it('Store, scan(reduceSnapshot) and a plain Map agree at every step, and every older snapshot reads as it did', () => {
    let [compactions, forks, steps] = [0, 0, 0];
    fc.assert(
      fc.property(history, fc.nat(), (events, pick) => {
        const store = replay();
        let snapshot: Indexed = emptySnapshot<Pod, 'node' | 'letters'>({ indexers });
        let model: Model = new Map();
        const kept = [{ snapshot, model }];
        for (const event of events) {
          const commit: Commit<Pod, 'node' | 'letters'> = commitOf(snapshot, event);
          expect(commit.snapshot).toBe(reduceSnapshotTwice(snapshot, event, commit));
          const before = model;
          model = applied(model, event);
          expect(sorted(patched(before, commit.events).values())).toEqual(sorted(model.values()));
          const { contents } = commit.snapshot;
          if (event.type === 'Deleted' && contents.objects.table !== snapshot.contents.objects.table) compactions++;
          snapshot = commit.snapshot;
          store.step(event);
          if (steps++ % 25 === 0) {
            expectSame(snapshot, model);
            store.expectSameAs(model);
            kept.push({ snapshot, model });
          }
        }
        expectSame(snapshot, model);
        store.expectSameAs(model);

        // Another history from some snapshot in the past, over the same events in the opposite order.
        const start = kept[pick % kept.length]!;
        let { snapshot: other, model: otherModel } = start;
        for (const event of events.toReversed().slice(0, 60)) {
          const { table } = other.contents.objects;
          other = reduceSnapshot(other, event);
          otherModel = applied(otherModel, event);
          if (event.type === 'Added' && other.contents.objects.table !== table && otherModel.size > 1) forks++;
        }
        expectSame(other, otherModel);

        for (const past of [...kept, { snapshot: other, model: otherModel }]) {
          expectSame(past.snapshot, past.model);
          const changes = snapshot.changesSince(past.snapshot);
          expect(identities(patched(past.model, changes))).toEqual(identities(model));
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
    expect(compactions).toBeGreaterThan(0);
    expect(forks).toBeGreaterThan(0);
  });
});

/** Reducing is pure: once more gives an equal snapshot, and the same one where nothing changes. */
function reduceSnapshotTwice(
  snapshot: Indexed,
  event: CacheEvent<Pod>,
  commit: { readonly snapshot: Indexed },
): Indexed {
  const again = reduceSnapshot(snapshot, event);
  if (commit.snapshot === snapshot) expect(again).toBe(snapshot);
  expect(again.changesSince(commit.snapshot)).toEqual([]);
  expect(again.size).toBe(commit.snapshot.size);
  return commit.snapshot;
}

/** What `changesSince` promises to restore: which revision of which object is there. */
function identities(model: Model): string[] {
  return sorted(model.values()).map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion ?? '-'}`);
}
