import { BehaviorSubject, NEVER, VirtualTimeScheduler } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import {
  dropManagedFields,
  emptySnapshot,
  type KubernetesObject,
  lister,
  reduceSnapshot,
  sharedInformer,
  type SnapshotReader,
  type Store,
  store as makeStore,
  StoreError,
} from 'kuberx';
import { mutationOverlay, type MutationOverlay } from 'kuberx/store';
import { fakeListerWatcher } from 'kuberx/testing';
import { byGoodNode, names, type Pod, pod } from '../pods.ts';

const a1 = (): Pod => pod('a', { version: 1, node: 'n1' });
const b2 = (): Pod => pod('b', { version: 2, node: 'n1' });

/** A store with `a` and `b`, complete up to version 2, and an overlay. */
function overStore(ttl?: number) {
  const store = makeStore({ indexers: { node: byGoodNode }, onIndexError: () => undefined });
  store.replace([a1(), b2()], '2');
  const overlay = mutationOverlay(store, ttl === undefined ? {} : { ttl });
  return { store, overlay, read: () => overlay.snapshot$.value };
}

const versionOf = (snapshot: SnapshotReader<Pod, 'node'>, name: string): string | undefined =>
  snapshot.getByKey(`default/${name}`)?.metadata.resourceVersion;

/** What a test leaves running keeps a process alive. */
const overlays: MutationOverlay<Pod, 'node'>[] = [];
function kept(): ReturnType<typeof overStore> {
  const made = overStore();
  overlays.push(made.overlay);
  return made;
}

describe('MutationOverlay', () => {
  afterEach(() => {
    for (const overlay of overlays.splice(0)) overlay.clear();
  });

  describe('over what was transformed', () => {
    const managed = (version: number): Pod =>
      pod('a', { version, metadata: { managedFields: [{ manager: 'kubectl' }] } });
    const fields = (reader: SnapshotReader<Pod>): unknown =>
      reader.getByKey('default/a')?.metadata['managedFields' as never];

    it('shows a write as the watch of an informer will bring it, and does not start the informer', () => {
      const server = fakeListerWatcher<Pod>([{ watch: NEVER }]);
      const informer = sharedInformer(server, { transform: dropManagedFields });
      const overlay = mutationOverlay(informer);
      overlay.written(managed(5));
      expect(overlay.snapshot$.value.getByKey('default/a')?.metadata).toMatchObject({
        name: 'a',
        resourceVersion: '5',
      });
      expect(fields(overlay.snapshot$.value)).toBeUndefined();
      const seen = overlay.snapshot$.subscribe();
      overlay.deleted(managed(5));
      expect(overlay.snapshot$.value.getByKey('default/a')).toBeUndefined();
      seen.unsubscribe();
      overlay.clear();
      expect(server.requests).toEqual([]);
    });

    it('transforms as it is told, over a store and over an informer', () => {
      const store = makeStore<Pod>();
      for (const source of [store, sharedInformer(fakeListerWatcher<Pod>([]))]) {
        const plain = mutationOverlay(source);
        const overlay = mutationOverlay(source, { transform: (object: Pod) => dropManagedFields(object) });
        for (const each of [plain, overlay]) each.written(managed(5));
        expect(fields(plain.snapshot$.value)).toEqual([{ manager: 'kubectl' }]);
        expect(fields(overlay.snapshot$.value)).toBeUndefined();
        expect(Object.isFrozen(overlay.snapshot$.value.getByKey('default/a')?.metadata)).toBe(true);
        for (const each of [plain, overlay]) each.clear();
      }
    });

    it('shows what the object is turned into, of another type too', () => {
      interface Summary extends KubernetesObject {
        readonly node: string;
      }
      const summary = ({ apiVersion, kind, metadata, spec }: Pod): Summary => {
        return { apiVersion, kind, metadata, node: spec?.nodeName ?? '' };
      };
      const store = makeStore<Summary>();
      const overlay = mutationOverlay(store, { transform: summary });
      overlay.written(pod('a', { version: 5, node: 'n1' }));
      expect(overlay.snapshot$.value.getByKey('default/a')?.node).toBe('n1');
      overlay.clear();
    });

    it('tells who wrote where the transform fails, and shows what the store has', () => {
      const { store } = kept();
      const cause = new Error('no');
      const failing: [string, (object: Pod) => Pod][] = [
        ['the transform of default/a threw', () => { throw cause; }], // prettier-ignore
        ['the transform of default/a returned what cannot be stored', () => ({}) as Pod],
      ];
      for (const [message, transform] of failing) {
        const overlay = mutationOverlay(store, { transform });
        expect(() => overlay.written(pod('a', { version: 5 }))).toThrow(
          expect.objectContaining({
            name: 'StoreError',
            reason: 'Transform',
            key: 'default/a',
            message: `${message}; the write is not shown before the watch brings it`,
          }) as Error,
        );
        expect(overlay.snapshot$.value).toBe(store.snapshot$.value);
      }
      expect(() => mutationOverlay(store, { transform: 'x' as never })).toThrow(
        new TypeError('transform is of type string; it takes a function'),
      );
    });
  });

  it('is the store while nothing is outstanding', () => {
    const { store, read } = kept();
    expect(read()).toBe(store.snapshot$.value);
    store.add(pod('c', { version: 3 }));
    expect(read()).toBe(store.snapshot$.value);
    expectTypeOf(read()).toEqualTypeOf<SnapshotReader<Pod, 'node'>>();
  });

  it('shows an update before the watch brings it, in indexes and lists', () => {
    const { store, overlay, read } = kept();
    const before = read();
    const mine = pod('a', { version: 5, node: 'n2' });
    overlay.written(mine);
    expect(read().get(pod('a'))).toBe(mine);
    expect(read().size).toBe(2);
    expect(names(read().list())).toEqual(['a', 'b']);
    expect(read().list()).toContain(mine);
    expect(read().keys().sort()).toEqual(['default/a', 'default/b']);
    expect(names(read().byIndex('node', 'n1'))).toEqual(['b']);
    expect(read().byIndex('node', 'n2')).toEqual([mine]);
    expect(read().indexKeys('node', 'n2')).toEqual(['default/a']);
    expect(read().listIndexFuncValues('node').sort()).toEqual(['n1', 'n2']);
    expect(names(read().index('node', pod('x', { node: 'n2' })))).toEqual(['a']);
    expect(names(lister(overlay).namespace('default').list())).toEqual(['a', 'b']);
    expect(lister(overlay).get('default/a')).toBe(mine);
    expect([read().synced, read().resourceVersion]).toEqual([true, '2']);
    expect(Object.keys(read().indexers())).toEqual(['node']);
    expect(versionOf(before, 'a')).toBe('1');
    expect(versionOf(store.snapshot$.value, 'a')).toBe('1');
    expect([read().list(), read().byIndex('node', 'n1'), read().byIndex('node', 'n2')].every(Object.isFrozen)).toBe(
      true,
    );
    expect(read().list()).toBe(read().list());
    expect(read().byIndex('node', 'n2')).toBe(read().byIndex('node', 'n2'));
  });

  it('leaves the arrays of values alone that no write concerns', () => {
    const { store, overlay, read } = kept();
    store.add(pod('c', { version: 3, node: 'n3' }));
    overlay.written(pod('a', { version: 5, node: 'n2' }));
    expect(read().byIndex('node', 'n3')).toBe(store.byIndex('node', 'n3'));
    expect(read().byIndex('node', 'none')).toEqual([]);
    expect(() => read().byIndex('typo' as 'node', 'n1')).toThrow(expect.objectContaining({ reason: 'UnknownIndex' }));
  });

  it('shows a creation, under the name that the server made', () => {
    const { store, overlay, read } = kept();
    const mine = pod('web-x7k2p', { version: 3, node: 'n9', metadata: { generateName: 'web-' } });
    overlay.written(mine);
    expect(read().getByKey('default/web-x7k2p')).toBe(mine);
    expect(read().byIndex('node', 'n9')).toEqual([mine]);
    expect([read().size, read().list().length, read().keys().length]).toEqual([3, 3, 3]);
    // Bookmarks up to an earlier version, and other changes, do not take it away.
    store.add(pod('a', { version: 2, node: 'n1' }));
    expect(read().size).toBe(3);
    const brought = pod('web-x7k2p', { version: 3, node: 'n9' });
    store.add(brought);
    expect(read()).toBe(store.snapshot$.value);
    expect(read().getByKey('default/web-x7k2p')).toBe(store.getByKey('default/web-x7k2p'));
  });

  it('hides a deletion before the watch brings it, in indexes and lists', () => {
    const { store, overlay, read } = kept();
    overlay.deleted(pod('a'));
    expect(read().getByKey('default/a')).toBeUndefined();
    expect([read().size, names(read().list()), read().keys()]).toEqual([1, ['b'], ['default/b']]);
    expect(names(read().byIndex('node', 'n1'))).toEqual(['b']);
    overlay.deleted(pod('b'));
    expect(read().listIndexFuncValues('node')).toEqual([]);
    store.delete(pod('a', { version: 3 }));
    store.delete(pod('b', { version: 4 }));
    expect(read()).toBe(store.snapshot$.value);
  });

  it.each<[string, (store: Store<Pod, 'node'>) => void]>([
    ['holds that version', (store) => store.update(pod('a', { version: 5 }))],
    ['holds a later one', (store) => store.update(pod('a', { version: 6 }))],
    ['has seen the object go', (store) => store.delete(pod('a', { version: 9 }))],
    ['has seen another object under its key', (store) => store.add(pod('a', { version: 9, uid: 'another' }))],
    ['is complete up to that version', (store) => store.next({ type: 'Bookmark', resourceVersion: '5' })],
    ['has another change of a later version', (store) => store.update(pod('b', { version: 6 }))],
    ['was replaced by a list without the object', (store) => store.replace([b2()], '7')],
  ])('lets a write go when the store %s', (_, bring) => {
    const { store, overlay, read } = kept();
    overlay.written(pod('a', { version: 5, node: 'mine' }));
    expect(read()).not.toBe(store.snapshot$.value);
    bring(store);
    expect(read()).toBe(store.snapshot$.value);
  });

  it.each<[string, (store: Store<Pod, 'node'>) => void]>([
    ['an older version', (store) => store.update(pod('a', { version: 4 }))],
    ['the deletion of an earlier object', (store) => store.delete(pod('a', { version: 4 }))],
    ['an older list', (store) => store.replace([a1()], '4')],
    ['a list without it that is older', (store) => store.replace([], '4')],
    ['a change of something else', (store) => store.update(pod('b', { version: 3 }))],
  ])('keeps a write through %s', (_, bring) => {
    const { store, overlay, read } = kept();
    overlay.written(pod('a', { version: 5, uid: 'mine' }));
    bring(store);
    expect(read().getByKey('default/a')?.metadata.uid).toBe('mine');
    expect(read().size).toBe(store.snapshot$.value.size + (store.getByKey('default/a') ? 0 : 1));
  });

  it('keeps a deletion hidden through changes from before it, and shows what still waits for its finalizers', () => {
    const { store, overlay, read } = kept();
    overlay.deleted(pod('a', { version: 1 }));
    store.update(pod('a', { version: 3, node: 'n2' }));
    expect(versionOf(read(), 'a')).toBeUndefined();
    expect(read().byIndex('node', 'n2')).toEqual([]);
    store.update(pod('a', { version: 4, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }));
    expect(versionOf(read(), 'a')).toBe('4');
    expect(read()).toBe(store.snapshot$.value);
  });

  it('shows what is created anew after a deletion', () => {
    const { store, overlay, read } = kept();
    overlay.deleted(pod('a', { version: 1 }));
    store.update(pod('a', { version: 9, uid: 'another' }));
    expect(versionOf(read(), 'a')).toBe('9');
    expect(read()).toBe(store.snapshot$.value);
  });

  it('shows the last of several own writes, whichever is told last', () => {
    const { store, overlay, read } = kept();
    overlay.written(pod('a', { version: 6 }));
    overlay.written(pod('a', { version: 5 }));
    expect(versionOf(read(), 'a')).toBe('6');
    overlay.written(pod('a', { version: 7 }));
    expect(versionOf(read(), 'a')).toBe('7');
    overlay.deleted(pod('a', { version: 1 }));
    expect(versionOf(read(), 'a')).toBeUndefined();
    overlay.written(pod('a', { version: 6 }));
    expect(versionOf(read(), 'a')).toBeUndefined();
    overlay.written(pod('a', { version: 9, uid: 'another' }));
    expect(versionOf(read(), 'a')).toBe('9');
    overlay.deleted(pod('a', { version: 7 }));
    expect(versionOf(read(), 'a')).toBe('9');
    overlay.deleted(pod('a', { version: 9, uid: 'another' }));
    expect(versionOf(read(), 'a')).toBeUndefined();
    // What the store still has of the first object is as gone as the second.
    expect(store.getByKey('default/a')?.metadata.uid).toBe('uid of a');
    expect(read().size).toBe(1);
  });

  describe('a late call', () => {
    it.each<[string, (store: Store<Pod, 'node'>) => void]>([
      ['deleted', (store) => store.delete(pod('a', { version: 6 }))],
      [
        'deleted and created anew',
        (store) => {
          store.delete(pod('a', { version: 6 }));
          store.add(pod('a', { version: 7, uid: 'another' }));
        },
      ],
      ['created anew unseen', (store) => store.replace([pod('a', { version: 7, uid: 'another' })], '7')],
      ['updated', (store) => store.update(pod('a', { version: 6 }))],
    ])('changes nothing where the object has been %s since', (_, bring) => {
      const { store, overlay, read } = kept();
      bring(store);
      overlay.written(pod('a', { version: 5 }));
      expect(read()).toBe(store.snapshot$.value);
    });

    it('changes nothing where the object was deleted by another call, whatever that knew', () => {
      const { overlay, read } = kept();
      overlay.deleted(a1());
      overlay.written(pod('a', { version: 5 }));
      expect(read().size).toBe(1);
    });

    it('of a deletion changes nothing where the object was created anew since', () => {
      const { store, overlay, read } = kept();
      store.replace([pod('a', { version: 7, uid: 'another' })], '7');
      overlay.deleted(pod('a', { version: 5 }));
      expect(read()).toBe(store.snapshot$.value);
    });
  });

  describe('of versions that cannot be ordered', () => {
    function opaque(): ReturnType<typeof overStore> {
      const made = kept();
      made.store.replace([pod('a', { version: 'x' }), pod('b', { version: 'y' })], 'list-1');
      made.overlay.written(pod('a', { version: 'mine' }));
      return made;
    }

    it('takes whatever comes under the key for later', () => {
      const { store, read } = opaque();
      expect(versionOf(read(), 'a')).toBe('mine');
      store.update(pod('b', { version: 'z' }));
      expect(versionOf(read(), 'a')).toBe('mine');
      store.update(pod('a', { version: 'w' }));
      expect(versionOf(read(), 'a')).toBe('w');
    });

    it('lets a write go with its object', () => {
      const { store, read } = opaque();
      store.delete(pod('a'));
      expect(read()).toBe(store.snapshot$.value);
    });

    it('hides and shows objects without a version or a uid by their key', () => {
      const { store, overlay, read } = kept();
      store.replace([pod('a', { uid: '' })], '');
      overlay.deleted(pod('a', { uid: '' }));
      expect(read().size).toBe(0);
      overlay.written(pod('a', { uid: '', node: 'n7' }));
      expect(names(read().byIndex('node', 'n7'))).toEqual(['a']);
      store.delete(pod('a', { uid: '' }));
      overlay.deleted(pod('a', { uid: '' }));
      expect(read().size).toBe(0);
    });
  });

  it('lets go of a write that the store never shows, after its time', () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run(({ expectObservable, flush }) => {
      const { store, overlay, read } = overStore(300_000);
      overlay.written(pod('c', { version: 5 }));
      const sizes = (): number => read().size;
      scheduler.schedule(() => overlay.deleted(a1()), 100_000);
      scheduler.schedule(() => expect(sizes()).toBe(2), 299_999);
      scheduler.schedule(() => expect(sizes()).toBe(1), 300_001);
      scheduler.schedule(() => expect(sizes()).toBe(1), 399_999);
      scheduler.schedule(() => expect(sizes()).toBe(2), 400_001);
      expectObservable(overlay.snapshot$, '^ 500s !').toBe('a 99999ms b 199999ms c 99999ms d', {
        a: expect.objectContaining({ size: 3 }) as object,
        b: expect.objectContaining({ size: 2 }) as object,
        c: expect.objectContaining({ size: 1 }) as object,
        d: store.snapshot$.value,
      });
      flush();
    });
  });

  it('has no timer and no subscription while nothing is outstanding', () => {
    const scheduler = new VirtualTimeScheduler();
    const start = reduceSnapshot(emptySnapshot<Pod>(), { type: 'Replaced', objects: [a1()], resourceVersion: '1' });
    const source$ = new BehaviorSubject(start);
    const bring = (object: Pod): void =>
      source$.next(reduceSnapshot(source$.value, { type: 'Updated', object, resourceVersion: '1' }));
    const overlay = mutationOverlay({ snapshot$: source$ }, { scheduler });
    const open = () => [scheduler.actions.filter(({ closed }) => !closed).length, source$.observed];
    expect(open()).toEqual([0, false]);
    overlay.written(pod('a', { version: 5 }));
    overlay.written(pod('b', { version: 6 }));
    overlay.written(pod('b', { version: 7 }));
    expect(open()).toEqual([2, true]);
    bring(pod('a', { version: 5 }));
    expect(open()).toEqual([1, true]);
    bring(pod('b', { version: 7 }));
    expect(open()).toEqual([0, false]);
    overlay.deleted(a1());
    expect(open()).toEqual([1, true]);
    overlay.clear();
    expect(open()).toEqual([0, false]);
    expect(overlay.snapshot$.value).toBe(source$.value);
  });

  it('emits the current state first, then each change once, and never an older state after a newer one', () => {
    const { store, overlay } = kept();
    const [first, second]: [string[], string[]] = [[], []];
    const inWords = (snapshot: SnapshotReader<Pod, 'node'>): string =>
      `${versionOf(snapshot, 'a') ?? '-'} ${versionOf(snapshot, 'b') ?? '-'}`;
    overlay.snapshot$.subscribe((snapshot) => {
      first.push(inWords(snapshot));
      if (first.length !== 2) return;
      overlay.written(pod('b', { version: 6 }));
      expect(versionOf(overlay.snapshot$.value, 'b')).toBe('6');
    });
    overlay.snapshot$.subscribe((snapshot) => second.push(inWords(snapshot)));
    overlay.written(pod('a', { version: 5 }));
    overlay.written(pod('a', { version: 4 }));
    store.update(pod('a', { version: 5 }));
    store.update(pod('b', { version: 6 }));
    expect(first).toEqual(['1 2', '5 2', '5 6', '5 6', '5 6']);
    expect(second).toEqual(['1 2', '5 6', '5 6', '5 6']);
  });

  it('is current for whoever reads it inside a delivery of the store', () => {
    const { store, overlay, read } = kept();
    const seen: (string | undefined)[] = [];
    store.snapshot$.subscribe(() => seen.push(versionOf(read(), 'a')));
    store.commits$.subscribe(() => seen.push(versionOf(read(), 'a')));
    overlay.written(pod('a', { version: 5 }));
    store.update(pod('a', { version: 4 }));
    store.update(pod('a', { version: 8 }));
    expect(seen).toEqual(['1', '5', '5', '8', '8']);
  });

  it('leaves out of an index what its function fails for, silently', () => {
    const { store, overlay, read } = kept();
    store.next({ type: 'Added', object: pod('broken', { version: 3, node: 'bad' }), resourceVersion: '3' });
    overlay.written(pod('a', { version: 5, node: 'bad' }));
    expect(names(read().list())).toEqual(['a', 'b', 'broken']);
    expect(names(read().byIndex('node', 'n1'))).toEqual(['b']);
    expect(read().unindexedKeys('node').sort()).toEqual(['default/a', 'default/broken']);
    overlay.written(pod('broken', { version: 6, node: 'n1' }));
    expect(read().unindexedKeys('node')).toEqual(['default/a']);
    expect(names(read().byIndex('node', 'n1'))).toEqual(['b', 'broken']);
  });

  it('hides nothing for a deletion of what is neither visible nor known by its uid', () => {
    const { store, overlay, read } = kept();
    overlay.deleted(pod('c', { uid: '' }));
    store.add(pod('c', { version: 9 }));
    expect(versionOf(read(), 'c')).toBe('9');
    overlay.deleted(pod('c', { uid: '' }));
    expect(versionOf(read(), 'c')).toBeUndefined();
    store.add(pod('c', { version: 10, uid: 'another' }));
    expect(versionOf(read(), 'c')).toBe('10');
  });

  it('holds very many writes', () => {
    const { store, overlay, read } = kept();
    const count = 30_000;
    for (let index = 0; index < count; index++) {
      overlay.written(pod(`p${index}`, { version: 10 + index, node: 'mine' }));
      if (read().getByKey(`default/p${index}`) === undefined) throw new Error(`p${index} is not there`);
    }
    expect(read().byIndex('node', 'mine')).toHaveLength(count);
    for (let index = 0; index < count / 2; index++) {
      store.add(pod(`p${index}`, { version: 10 + index, node: 'mine' }));
      if (read().getByKey(`default/p${count - 1}`) === undefined) throw new Error('the last is not there');
    }
    expect(read().byIndex('node', 'mine')).toHaveLength(count);
    expect(read().size).toBe(count + 2);
    store.replace([], '999999');
    expect(read()).toBe(store.snapshot$.value);
  });

  it('freezes what it shows', () => {
    const { overlay, read } = kept();
    overlay.written(pod('a', { version: 5, node: 'n2' }));
    expect(Object.isFrozen(read().getByKey('default/a')?.spec)).toBe(true);
  });

  it.each([null, undefined, 7, {}, { metadata: {} }])(
    'refuses what is not an object, and changes nothing: %j',
    (given) => {
      const { store, overlay, read } = kept();
      expect(() => overlay.written(given as Pod)).toThrow(StoreError);
      expect(() => overlay.deleted(given as Pod)).toThrow(StoreError);
      expect(read()).toBe(store.snapshot$.value);
    },
  );

  it.each([undefined, null, {}, { snapshot$: {} }])('refuses what is not a store: %j', (given) => {
    expect(() => mutationOverlay(given as unknown as Store<Pod>)).toThrow(
      new TypeError('a MutationOverlay is laid over a store or an informer'),
    );
  });

  it.each([-1, NaN, '5'])('refuses a ttl that is not a period: %s', (ttl) => {
    expect(() => mutationOverlay(makeStore<Pod>(), { ttl: ttl as number })).toThrow(RangeError);
  });
});

describe('a MutationOverlay over what is selected by labels', () => {
  const selects = ({ metadata }: KubernetesObject): boolean => metadata.labels?.['app'] === 'web';
  const labelled = (version: number, app: string): Pod => {
    const { metadata, ...rest } = pod('a', { version, node: 'n1' });
    return { ...rest, metadata: { ...metadata, labels: { app } } };
  };

  function selected() {
    const store = makeStore({ indexers: { node: byGoodNode } });
    store.replace([labelled(1, 'web')], '1');
    const overlay = mutationOverlay({ store, selects });
    overlays.push(overlay);
    return { store, overlay, read: () => names(overlay.snapshot$.value.list()) };
  }

  it('hides what a write took out of the selection, until the store has passed that', () => {
    const { store, overlay, read } = selected();
    overlay.written(labelled(3, 'db'));
    expect(read()).toEqual([]);
    expect(overlay.snapshot$.value.byIndex('node', 'n1')).toEqual([]);
    store.next({ type: 'Updated', object: labelled(2, 'web'), resourceVersion: '2' });
    expect(read()).toEqual([]);
    store.next({ type: 'Updated', object: labelled(4, 'web'), resourceVersion: '4' });
    expect(read()).toEqual(['a']);
    expect(overlay.snapshot$.value).toBe(store.snapshot$.value);
  });

  it('shows what a later write brought back, and nothing that was never in it', () => {
    const { overlay, read } = selected();
    overlay.written({ ...pod('b', { version: 2 }) });
    expect(read()).toEqual(['a']);
    overlay.written(labelled(3, 'db'));
    overlay.written(labelled(4, 'web'));
    expect(read()).toEqual(['a']);
    overlay.written(labelled(3, 'db'));
    expect(read()).toEqual(['a']);
  });
});
