import { type Observable, scan, Subject } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { CacheEvent } from '#src/protocol/cache-event.ts';
import { KubeError } from '#src/protocol/errors/kube-error.ts';
import { commitOf, reduceSnapshot } from '#src/store/commit.ts';
import { freezer } from '#src/sharing/interner.ts';
import { admitEvent } from '#src/store/admit.ts';
import { Store } from '#src/store/store.ts';
import { emptySnapshot, type Snapshot } from '#src/store/snapshot.ts';
import { StoreError } from '#src/store/store-error.ts';
import { type Pod, pod } from './pods.ts';

const change = (type: 'Added' | 'Updated' | 'Deleted', object: Pod, resourceVersion?: string): CacheEvent<Pod> => ({
  type,
  object,
  resourceVersion: resourceVersion ?? object.metadata.resourceVersion ?? '',
});
const replaced = (objects: readonly Pod[], resourceVersion: string): CacheEvent<Pod> => ({
  type: 'Replaced',
  objects,
  resourceVersion,
});
const a1 = pod('a', { version: 1 });
const b2 = pod('b', { version: 2 });
const synced = reduceSnapshot(emptySnapshot<Pod>(), replaced([a1, b2], '2'));

describe('reduceSnapshot', () => {
  it('is the accumulator of a scan, types included', () => {
    const events$ = new Subject<CacheEvent<Pod>>();
    const seen: Snapshot<Pod>[] = [];
    const snapshots$ = events$.pipe(scan(reduceSnapshot, emptySnapshot<Pod>()));
    snapshots$.subscribe((snapshot) => seen.push(snapshot));
    expectTypeOf(snapshots$).toEqualTypeOf<Observable<Snapshot<Pod>>>();
    events$.next(replaced([a1], '1'));
    events$.next({ type: 'Sync' });
    events$.next(change('Added', b2));
    expect(seen.map(({ revision, size }) => [revision, size])).toEqual([
      [1, 1],
      [1, 1],
      [2, 2],
    ]);
    expect(seen[1]).toBe(seen[0]);
  });

  it.each<CacheEvent<Pod>>([
    { type: 'Sync' },
    { type: 'Requested', phase: 'watching' },
    { type: 'Opened', phase: 'watching' },
    { type: 'Received', phase: 'listing', received: 500 },
    { type: 'Settled' },
    {
      type: 'Interrupted',
      error: new KubeError({ reason: 'Network', resource: 'v1/pods', message: 'broken' }),
      phase: 'watching',
      attempt: 1,
      retryIn: 800,
    },
  ])('leaves the snapshot as it is: $type', (event) => {
    expect(reduceSnapshot(synced, event)).toBe(synced);
  });

  it('advances the version with bookmarks and changes, and takes it back only with a Replaced', () => {
    const at = (...events: CacheEvent<Pod>[]) => events.reduce(reduceSnapshot, synced).resourceVersion;
    expect(at({ type: 'Bookmark', resourceVersion: '9' })).toBe('9');
    expect(at({ type: 'Bookmark', resourceVersion: '1' })).toBe('2');
    expect(at({ type: 'Bookmark', resourceVersion: '10' }, change('Added', pod('c', { version: 9 })))).toBe('10');
    expect(at(change('Deleted', a1, '12'))).toBe('12');
    expect(at({ type: 'Bookmark', resourceVersion: '10' }, replaced([], '5'))).toBe('5');
    expect(reduceSnapshot(synced, { type: 'Bookmark', resourceVersion: '2' })).toBe(synced);
    expect(reduceSnapshot(synced, { type: 'Bookmark', resourceVersion: '3' }).revision).toBe(synced.revision + 1);
  });
});

describe('commitOf', () => {
  it('has no events where nothing changed', () => {
    expect(commitOf(synced, { type: 'Sync' })).toEqual({
      previous: synced,
      snapshot: synced,
      events: [],
      indexErrors: [],
    });
  });

  it('takes Added and Updated for upserts', () => {
    const a5 = pod('a', { version: 5 });
    expect(commitOf(synced, change('Added', a5)).events).toEqual([{ type: 'updated', object: a5, oldObject: a1 }]);
    const c5 = pod('c', { version: 5 });
    expect(commitOf(synced, change('Updated', c5)).events).toEqual([
      { type: 'added', object: c5, isInInitialList: false },
    ]);
  });

  it.each([
    ['older', '10', '9'],
    ['equal', '10', '10'],
    ['equal and opaque', 'x-1', 'x-1'],
  ])('drops a change whose version is %s', (_, held, version) => {
    const snapshot = reduceSnapshot(synced, change('Added', pod('c', { version: held })));
    expect(reduceSnapshot(snapshot, change('Updated', pod('c', { version })))).toBe(snapshot);
  });

  it.each([
    ['newer by length', '9', '10'],
    ['newer beyond 2^53', '9007199254740993', '9007199254740994'],
    ['opaque', 'x-2', 'x-1'],
    ['unknown', '9', ''],
  ])('accepts a change whose version is %s', (_, held, version) => {
    const snapshot = reduceSnapshot(synced, change('Added', pod('c', { version: held })));
    const object = pod('c', { version });
    expect(reduceSnapshot(snapshot, change('Updated', object)).getByKey('default/c')).toBe(object);
  });

  it('never drops a deletion by its version, and hands on the object that came with it', () => {
    const last = pod('b', { version: 1, node: 'last seen' });
    const { snapshot, events } = commitOf(synced, change('Deleted', last, '1'));
    expect(events).toEqual([{ type: 'deleted', object: last, finalStateUnknown: false }]);
    expect(events[0]?.object).toBe(last);
    expect(snapshot.getByKey('default/b')).toBeUndefined();
    expect(snapshot.resourceVersion).toBe('2');
  });

  it('ignores the deletion of an unknown key and that of another uid', () => {
    expect(commitOf(synced, change('Deleted', pod('c', { version: 9 }))).snapshot).toBe(synced);
    expect(commitOf(synced, change('Deleted', pod('a', { version: 9, uid: 'earlier' }))).snapshot).toBe(synced);
    expect(commitOf(synced, change('Deleted', pod('a', { version: 9, uid: '' }))).snapshot.size).toBe(1);
  });

  it('takes a new uid under an old key for an unseen deletion and an addition, whatever the versions', () => {
    const object = pod('a', { version: 1, uid: 'another' });
    const { events, snapshot } = commitOf(synced, change('Updated', object));
    expect(events).toEqual([
      { type: 'deleted', object: a1, finalStateUnknown: true },
      { type: 'added', object, isInInitialList: false },
    ]);
    expect(snapshot.size).toBe(2);
  });

  it('lets objects without a uid go by their key', () => {
    const object = pod('a', { version: 3, uid: '' });
    expect(commitOf(synced, change('Updated', object)).events).toEqual([{ type: 'updated', object, oldObject: a1 }]);
    const older = pod('a', { version: 1, uid: '' });
    expect(commitOf(synced, change('Updated', older)).snapshot).toBe(synced);
  });

  it('marks the additions of the first Replaced, and only those', () => {
    expect(commitOf(emptySnapshot<Pod>(), replaced([a1], '1')).events).toEqual([
      { type: 'added', object: a1, isInInitialList: true },
    ]);
    const c = pod('c', { version: 3 });
    expect(commitOf(synced, replaced([a1, b2, c], '3')).events).toEqual([
      { type: 'added', object: c, isInInitialList: false },
    ]);
    expect(reduceSnapshot(emptySnapshot<Pod>(), replaced([], '1')).synced).toBe(true);
  });

  it('swaps everything in one step: unseen deletions first, unchanged objects kept as they are', () => {
    const before = reduceSnapshot(
      emptySnapshot<Pod>(),
      replaced([a1, b2, pod('c', { version: 1 }), pod('d', { version: 1 })], '2'),
    );
    const b3 = pod('b', { version: 3 });
    const d4 = pod('d', { version: 4, uid: 'another' });
    const e5 = pod('e', { version: 5 });
    const { events, snapshot } = commitOf(before, replaced([pod('a', { version: 1 }), b3, d4, e5], '5'));
    expect(events).toEqual([
      { type: 'deleted', object: before.getByKey('default/c'), finalStateUnknown: true },
      { type: 'deleted', object: before.getByKey('default/d'), finalStateUnknown: true },
      { type: 'updated', object: b3, oldObject: b2 },
      { type: 'added', object: d4, isInInitialList: false },
      { type: 'added', object: e5, isInInitialList: false },
    ]);
    expect(snapshot.getByKey('default/a')).toBe(a1);
    expect(snapshot.keys().sort()).toEqual(['default/a', 'default/b', 'default/d', 'default/e']);
  });

  it('keeps list() the same through a Replaced that changes nothing', () => {
    const again = reduceSnapshot(synced, replaced([pod('b', { version: 2 }), pod('a', { version: 1 })], '8'));
    expect(again.list()).toBe(synced.list());
    expect(again.resourceVersion).toBe('8');
    expect(reduceSnapshot(synced, replaced([a1, b2], '2'))).toBe(synced);
  });

  it('takes the last of several objects with one key', () => {
    const last = pod('a', { version: 7 });
    const snapshot = reduceSnapshot(emptySnapshot<Pod>(), replaced([pod('a', { version: 9 }), b2, last], '9'));
    expect(snapshot.size).toBe(2);
    expect(snapshot.getByKey('default/a')).toBe(last);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['string', 'a pod'],
    ['without metadata', { kind: 'Pod' }],
    ['without metadata', { metadata: null }],
    ['without metadata.name', { metadata: {} }],
    ['without metadata.name', { metadata: { name: '' } }],
    ['metadata.namespace is of type number', { metadata: { name: 'a', namespace: 5 } }],
  ])('refuses bad input and stays as it was: %s', (says, given) => {
    const object = given as Pod;
    const events: CacheEvent<Pod>[] = [
      { type: 'Added', object, resourceVersion: '9' },
      { type: 'Deleted', object, resourceVersion: '9' },
      { type: 'Replaced', objects: [pod('c', { version: 9 }), object], resourceVersion: '9' },
    ];
    for (const event of events) {
      expect(() => commitOf(synced, event)).toThrow(StoreError);
      expect(() => commitOf(synced, event)).toThrow(says);
      expect(() => commitOf(synced, event)).toThrow('this changed nothing');
    }
    expect(synced.list()).toEqual([a1, b2]);
  });

  it.each([
    ['null', null],
    ['a text', 'Added'],
    ['without a type', {}],
    ['of no known type', { type: '__proto__', object: a1 }],
    ['a Replaced without an array', { type: 'Replaced', objects: null, resourceVersion: '9' }],
    ['a Replaced of something that can be iterated', { type: 'Replaced', objects: new Set(), resourceVersion: '9' }],
  ])('refuses what is not an event: %s', (_, given) => {
    const event = given as CacheEvent<Pod>;
    const refused = expect.objectContaining({ name: 'StoreError', reason: 'MalformedEvent' }) as unknown;
    const store = new Store<Pod>();
    for (const write of [
      () => commitOf(synced, event),
      () => admitEvent(synced, event, freezer<Pod>()),
      () => store.next(event),
    ]) {
      expect(write).toThrow(refused);
    }
    expect(() => store.replace(null as unknown as Pod[], '9')).toThrow(refused);
    expect(store.snapshot$.value.revision).toBe(0);
  });
});
