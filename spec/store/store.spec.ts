import { config, type Observable, Subject } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CacheEvent } from '#src/protocol/cache-event.ts';
import type { ReflectorSink } from '#src/protocol/reflector-sink.ts';
import type { Commit } from '#src/store/commit.ts';
import type { Snapshot } from '#src/store/snapshot.ts';
import { StoreError } from '#src/store/store-error.ts';
import { ExpirationCache } from '#src/store/expiration-cache.ts';
import { Store } from '#src/store/store.ts';
import { byGoodNode, byNode, names, type Pod, pod } from './pods.ts';

/** The names in each commit's events, in order. */
function journal(commits: readonly Commit<Pod, string>[]): string[] {
  return commits.map(({ events }) => events.map(({ type, object }) => `${type} ${object.metadata.name}`).join(', '));
}

describe('Store', () => {
  it('takes the events of a reflector', () => {
    const store = new Store<Pod>();
    const sink: ReflectorSink<Pod> = store;
    const { snapshot$ } = store;
    expect(snapshot$.value.revision).toBe(0);
    sink.next({ type: 'Replaced', objects: [pod('a', { version: 1 })], resourceVersion: '4' });
    sink.next({ type: 'Updated', object: pod('a', { version: 5, node: 'n1' }), resourceVersion: '5' });
    expect(snapshot$.getValue().resourceVersion).toBe('5');
    expect(snapshot$.value.getByKey('default/a')?.spec).toEqual({ nodeName: 'n1' });
    // @ts-expect-error: reading only
    expect(snapshot$.next).toBeUndefined();
  });

  it('has the methods of a store', () => {
    const store = new Store({ indexers: { node: byNode } });
    store.add(pod('a', { version: 1, node: 'n1' }));
    store.update(pod('b', { version: 2, node: 'n1' }));
    expect(names(store.list())).toEqual(['a', 'b']);
    expect(store.listKeys().sort()).toEqual(['default/a', 'default/b']);
    expect(store.get(pod('b'))).toBe(store.getByKey('default/b'));
    expect(names(store.index('node', pod('x', { node: 'n1' })))).toEqual(['a', 'b']);
    expect(names(store.byIndex('node', 'n1'))).toEqual(['a', 'b']);
    expect(store.indexKeys('node', 'n1')).toEqual(['default/a', 'default/b']);
    expect(store.listIndexFuncValues('node')).toEqual(['n1']);
    expect(store.getIndexers()).toEqual({ node: byNode });
    expect(store.snapshot$.value.resourceVersion).toBe('2');
    store.delete(pod('a'));
    store.replace([pod('c', { version: 3 })], '3');
    expect(names(store.list())).toEqual(['c']);
    expect(store.snapshot$.value.synced).toBe(true);
    // @ts-expect-error: there is no such index
    expect(() => store.byIndex('typo', 'n1')).toThrow('no index typo');
  });

  it('emits nothing where nothing changes', () => {
    const store = new Store<Pod>();
    store.add(pod('a', { version: 2 }));
    let emissions = 0;
    store.commits$.subscribe(() => emissions++);
    store.snapshot$.subscribe(() => emissions++);
    store.delete(pod('unseen', { version: 9 }));
    store.update(pod('a', { version: 1 }));
    store.resync();
    store.next({ type: 'Requested', phase: 'watching' });
    expect(emissions).toBe(1);
  });

  it('freezes what it stores, interned or not', () => {
    const careless = new Store<Pod>({ intern: (_previous, object) => object });
    for (const store of [new Store<Pod>(), new Store<Pod>({ intern: false }), careless]) {
      store.add(pod('a', { version: 1, node: 'n1' }));
      const before = store.getByKey('default/a');
      store.add(pod('a', { version: 2, node: 'n1' }));
      expect(Object.isFrozen(store.getByKey('default/a')?.spec)).toBe(true);
      expect(store.getByKey('default/a')).toEqual(pod('a', { version: 2, node: 'n1' }));
      expect(before).toEqual(pod('a', { version: 1, node: 'n1' }));
    }
    const shallow = new Store<Pod>();
    shallow.add(Object.freeze(pod('a', { version: 1, node: 'n1' })));
    expect(Object.isFrozen(shallow.getByKey('default/a')?.spec)).toBe(true);
    const [sharing, plain] = [new Store<Pod>(), new Store<Pod>({ intern: false })];
    const keepsSpec = (store: Store<Pod>): boolean => {
      store.add(pod('a', { version: 1, node: 'n1' }));
      const before = store.getByKey('default/a')?.spec;
      store.add(pod('a', { version: 2, node: 'n1' }));
      return before === store.getByKey('default/a')?.spec;
    };
    expect([keepsSpec(sharing), keepsSpec(plain)]).toEqual([true, false]);
  });

  describe('the queue of commits', () => {
    it('delivers a write made inside a subscriber after the current commit, to everyone in order', () => {
      const store = new Store<Pod>();
      const [first, second]: [Commit<Pod>[], Commit<Pod>[]] = [[], []];
      const seen: unknown[] = [];
      store.commits$.subscribe((commit) => {
        first.push(commit);
        if (first.length > 1) return;
        store.add(pod('b', { version: 2 }));
        store.add(pod('c', { version: 3 }));
        seen.push(store.getByKey('default/b'), store.snapshot$.value === commit.snapshot);
      });
      store.commits$.subscribe((commit) => {
        second.push(commit);
        for (const event of commit.events) {
          expect(store.get(event.object)).toBe(event.object);
        }
      });
      store.add(pod('a', { version: 1 }));
      expect(journal(first)).toEqual(['added a', 'added b', 'added c']);
      expect(second).toEqual(first);
      expect(seen).toEqual([undefined, true]);
      expect(store.list()).toHaveLength(3);
    });

    it('has the new value before anyone hears of it', () => {
      const store = new Store<Pod>();
      const order: string[] = [];
      store.snapshot$.subscribe((snapshot) => {
        order.push(`snapshot ${snapshot.revision}`);
        if (snapshot.revision === 1) store.add(pod('b', { version: 2 }));
      });
      store.commits$.subscribe(({ previous, snapshot }) => {
        expect(store.snapshot$.value).toBe(snapshot);
        order.push(`commit ${previous.revision} to ${snapshot.revision}`);
      });
      store.add(pod('a', { version: 1 }));
      expect(order).toEqual(['snapshot 0', 'snapshot 1', 'commit 0 to 1', 'snapshot 2', 'commit 1 to 2']);
    });

    it.each<[string, (store: Store<Pod>) => Observable<unknown>]>([
      ['snapshot$', (store) => store.snapshot$],
      ['commits$', (store) => store.commits$],
    ])('gives a subscriber from within a delivery of %s every later commit and no other', (_, within) => {
      const store = new Store<Pod>();
      const late: { readonly from: number; readonly commits: Commit<Pod>[] }[] = [];
      within(store).subscribe(() => {
        const commits: Commit<Pod>[] = [];
        late.push({ from: store.snapshot$.value.revision, commits });
        // eslint-disable-next-line rxjs-x/no-nested-subscribe -- what this is about
        store.commits$.subscribe((commit) => commits.push(commit));
        if (late.length === 2) store.add(pod('nested', { version: 50 }));
      });
      for (let version = 1; version <= 5; version++) store.add(pod(`p${version}`, { version }));
      const last = store.snapshot$.value.revision;
      expect(last).toBe(6);
      expect(late.length).toBeGreaterThan(5);
      for (const { from, commits } of late) {
        expect(commits.map(({ snapshot }) => snapshot.revision)).toEqual(
          Array.from({ length: last - from }, (__, index) => from + index + 1),
        );
      }
    });

    it('refuses a bad write to whoever makes it, and goes on', () => {
      const store = new Store<Pod>();
      const refusals: unknown[] = [];
      store.commits$.subscribe(({ events }) => {
        if (events[0]?.object.metadata.name !== 'a') return;
        try {
          store.add({ kind: 'Pod' } as Pod);
        } catch (error) {
          refusals.push(error);
        }
        store.add(pod('b', { version: 2 }));
      });
      for (const bad of [null, undefined, 7, {}]) {
        expect(() => store.add(bad as Pod)).toThrow(expect.objectContaining({ reason: 'MalformedObject' }));
      }
      expect(store.snapshot$.value.revision).toBe(0);
      store.add(pod('a', { version: 1 }));
      expect(refusals).toEqual([expect.objectContaining({ reason: 'MalformedObject' })]);
      expect(names(store.list())).toEqual(['a', 'b']);
    });
  });

  describe('a function that writes to the store that asks it', () => {
    const outer = pod('outer', { version: 2 });
    const writes: readonly ((store: Store<Pod, string>) => unknown)[] = [
      (store) => store.add(outer),
      (store) => store.replace([outer], '2'),
      (store) => store.addIndexers({ late: () => (store.add(pod('inner')), []) }),
    ];
    const impure = expect.objectContaining({ name: 'StoreError', reason: 'ImpureFunction' }) as Error;

    it('is refused like any index function that throws, and so is the write', () => {
      const store: Store<Pod, string> = new Store<Pod, string>({
        indexers: { impure: ({ metadata }) => (metadata.name === 'outer' && store.add(pod('inner')), []) },
      });
      store.add(pod('a', { version: 1 }));
      for (const write of writes) {
        expect(() => write(store)).toThrow(
          expect.objectContaining({ reason: 'IndexFunction', cause: impure }) as Error,
        );
        expect(names(store.list())).toEqual(['a']);
      }
      store.add(pod('later', { version: 3 }));
      expect(names(store.list())).toEqual(['a', 'later']);
    });

    it.each<[string, (store: Store<Pod, string>, objects: Pod[]) => unknown]>([
      ['a stream', (store, objects) => store.next({ type: 'Replaced', objects, resourceVersion: '2' })],
      ['a transaction', (store, objects) => store.transaction(objects.map((object) => ({ type: 'Added', object })))],
    ])('loses nothing of %s', (_, write) => {
      const told: StoreError[] = [];
      const store: Store<Pod, string> = new Store<Pod, string>({
        indexers: { impure: ({ metadata }) => (metadata.name === 'outer' && store.add(pod('inner')), []) },
        onIndexError: (error) => told.push(error),
      });
      write(store, [outer, pod('a', { version: 1 })]);
      store.next({ type: 'Added', object: pod('later', { version: 3 }), resourceVersion: '3' });
      expect(names(store.list())).toEqual(['a', 'later', 'outer']);
      expect(store.unindexedKeys('impure')).toEqual(['default/outer']);
      expect(told.map(({ cause }) => cause)).toEqual([impure]);
    });

    it.each<[string, (write: () => void) => Store<Pod, string>]>([
      ['a time to live', (write) => new ExpirationCache<Pod>({ ttl: () => (write(), 0) })],
      ['an intern', (write) => new Store<Pod, string>({ intern: (_, object) => (write(), object) })],
    ])('has its write and the one it was asked about refused: %s', (_, create) => {
      const store: Store<Pod, string> = create(() => store.add(pod('inner')));
      for (const write of [writes[0]!, writes[1]!]) {
        expect(() => write(store)).toThrow(impure);
        expect(store.list()).toEqual([]);
      }
    });
  });

  describe('a subscriber that throws', () => {
    afterEach(() => {
      config.onUnhandledError = null;
    });

    it('disturbs neither the store nor the others', async () => {
      const broken = new Error('broken subscriber');
      const reported = new Promise((resolve) => {
        const errors: unknown[] = [];
        config.onUnhandledError = (error) => {
          if (errors.push(error) === 4) resolve(errors);
        };
      });
      const store = new Store<Pod>();
      const heard: Commit<Pod>[] = [];
      store.snapshot$.subscribe(({ revision }) => {
        if (revision > 0) throw broken;
      });
      store.commits$.subscribe(() => {
        throw broken;
      });
      store.commits$.subscribe((commit) => heard.push(commit));
      store.add(pod('a', { version: 1 }));
      store.add(pod('b', { version: 2 }));
      expect(journal(heard)).toEqual(['added a', 'added b']);
      await expect(reported).resolves.toEqual([broken, broken, broken, broken]);
    });
  });

  describe('an index function that fails', () => {
    const bad = pod('bad', { version: 9, node: 'bad' });

    it('refuses a write by method to its caller, and nothing has changed', () => {
      const store = new Store({ indexers: { name: ({ metadata }: Pod) => [metadata.name], node: byGoodNode } });
      store.add(pod('a', { version: 1, node: 'n1' }));
      const { value } = store.snapshot$;
      const { table } = value.contents.objects;
      const writes = [
        () => store.add(bad),
        () => store.update(pod('a', { version: 9, node: 'bad' })),
        () => store.replace([pod('b', { version: 9 }), bad], '9'),
      ];
      for (const write of writes) {
        expect(write).toThrow(StoreError);
        expect(write).toThrow(expect.objectContaining({ reason: 'IndexFunction', index: 'node' }));
        expect(write).toThrow(/for default\/(a|bad); this changed nothing$/);
      }
      expect(store.snapshot$.value).toBe(value);
      store.add(pod('b', { version: 2, node: 'n1' }));
      expect(names(store.byIndex('node', 'n1'))).toEqual(['a', 'b']);
      // What is refused costs nothing later: a key that was written would have forked the map.
      expect(store.snapshot$.value.contents.objects.table).toBe(table);
    });

    it('costs a stream neither its list nor its other changes, and is told after the commit', () => {
      const told: unknown[] = [];
      const store: Store<Pod, 'node'> = new Store({
        indexers: { node: byGoodNode },
        onIndexError: (error) => told.push([error.key, error.index, store.getByKey('default/bad') !== undefined]),
      });
      const events$ = new Subject<CacheEvent<Pod>>();
      events$.subscribe(store);
      events$.next({ type: 'Replaced', objects: [pod('a', { version: 1, node: 'n1' }), bad], resourceVersion: '9' });
      expect(told).toEqual([['default/bad', 'node', true]]);
      events$.next({ type: 'Updated', object: pod('c', { version: 10, node: 'bad' }), resourceVersion: '10' });
      expect(store.snapshot$.value).toMatchObject({ synced: true, size: 3, resourceVersion: '10' });
      expect(names(store.byIndex('node', 'n1'))).toEqual(['a']);
      expect(store.unindexedKeys('node').sort()).toEqual(['default/bad', 'default/c']);
      expect(told).toEqual([
        ['default/bad', 'node', true],
        ['default/c', 'node', true],
      ]);
      store.delete(bad);
      expect(store.unindexedKeys('node')).toEqual(['default/c']);
    });

    it('is printed by default', () => {
      const print = vi.spyOn(console, 'error').mockReturnValue();
      const store = new Store({ indexers: { node: byGoodNode } });
      store.next({ type: 'Replaced', objects: [bad], resourceVersion: '9' });
      expect(print.mock.calls).toEqual([[expect.objectContaining({ reason: 'IndexFunction', index: 'node' })]]);
      print.mockRestore();
    });

    it('is refused where it is not a function, before anything is stored', () => {
      const indexers = { node: undefined as unknown as typeof byNode };
      const expected = expect.objectContaining({ reason: 'IndexFunction', index: 'node' }) as Error;
      expect(() => new Store<Pod, 'node'>({ indexers })).toThrow(expected);
      expect(() => new Store<Pod>().addIndexers(indexers)).toThrow(expected);
    });

    it.each([
      [null, 'null'],
      [5, 'of type number'],
    ])('cannot be told to what is not a function: %s', (onIndexError, what) => {
      expect(() => new Store<Pod>({ onIndexError: onIndexError as unknown as () => void })).toThrow(
        new TypeError(`onIndexError is ${what}; it takes a function. Nothing was started.`),
      );
    });

    it.each([null, 5, true])('refuses an intern that is not a function, instead of sharing nothing: %s', (intern) => {
      expect(() => new Store<Pod>({ intern: intern as never })).toThrow(/^intern is .*; it takes a function/);
    });

    it('may be told to a handler that throws', async () => {
      const broken = new Error('broken handler');
      const reported = new Promise((resolve) => (config.onUnhandledError = resolve));
      const store = new Store({
        indexers: { node: byGoodNode },
        onIndexError: () => {
          throw broken;
        },
      });
      store.next({ type: 'Replaced', objects: [bad], resourceVersion: '9' });
      store.next({ type: 'Added', object: pod('a', { version: 10 }), resourceVersion: '10' });
      expect(store.list()).toHaveLength(2);
      await expect(reported).resolves.toBe(broken);
      config.onUnhandledError = null;
    });
  });

  describe('addIndexers', () => {
    it('indexes what is stored, and what follows', () => {
      const store = new Store<Pod>();
      store.add(pod('a', { version: 1, node: 'n1' }));
      const commits: Commit<Pod, string>[] = [];
      store.commits$.subscribe((commit) => commits.push(commit));
      const listed = store.list();
      const indexed = store.addIndexers({ node: byNode });
      expect(names(indexed.byIndex('node', 'n1'))).toEqual(['a']);
      expect(indexed.list()).toBe(listed);
      store.add(pod('b', { version: 2, node: 'n1' }));
      expect(names(indexed.byIndex('node', 'n1'))).toEqual(['a', 'b']);
      expect(commits[1]?.previous).toBe(commits[0]?.snapshot);
      expect(journal(commits)).toEqual(['', 'added b']);
    });

    it('leaves older snapshots without the indexes, which they say', () => {
      const store = new Store<Pod>();
      store.add(pod('a', { version: 1, node: 'n1' }));
      const older: Snapshot<Pod, string> = store.snapshot$.value;
      const indexed = store.addIndexers({ node: byNode });
      for (const read of [
        () => older.byIndex('node', 'n1'),
        () => older.index('node', pod('a')),
        () => older.indexKeys('node', 'n1'),
        () => older.listIndexFuncValues('node'),
        () => older.unindexedKeys('node'),
      ]) {
        expect(read).toThrow(expect.objectContaining({ reason: 'UnknownIndex', index: 'node' }));
      }
      expect(Object.keys(older.indexers())).toEqual([]);
      expect(names(indexed.snapshot$.value.byIndex('node', 'n1'))).toEqual(['a']);
    });

    it('refuses a name that is taken, and then adds none', () => {
      const store = new Store({ indexers: { node: byNode } });
      const { value } = store.snapshot$;
      expect(() => store.addIndexers({ other: byNode, node: byNode })).toThrow(
        expect.objectContaining({ reason: 'IndexConflict', index: 'node' }),
      );
      expect(store.snapshot$.value).toBe(value);
      expect(Object.keys(store.getIndexers())).toEqual(['node']);
    });

    it('refuses a function that throws for a stored object, and then adds none', () => {
      const store = new Store<Pod>();
      store.add(pod('a', { version: 1 }));
      const { value } = store.snapshot$;
      const broken = (): string[] => {
        throw new Error('broken index function');
      };
      expect(() => store.addIndexers({ broken })).toThrow(
        expect.objectContaining({ reason: 'IndexFunction', key: 'default/a', index: 'broken' }),
      );
      expect(store.snapshot$.value).toBe(value);
    });
  });

  it('is the state that its commits add up to', () => {
    const store = new Store<Pod>();
    const model = new Map<string, Pod>();
    store.commits$.subscribe(({ events }) => {
      for (const event of events) {
        if (event.type === 'deleted') model.delete(event.object.metadata.name);
        else model.set(event.object.metadata.name, event.object);
      }
    });
    const events: CacheEvent<Pod>[] = [
      { type: 'Replaced', objects: ['a', 'b', 'c'].map((name) => pod(name, { version: 1 })), resourceVersion: '1' },
      { type: 'Updated', object: pod('a', { version: 2, uid: 'another' }), resourceVersion: '2' },
      { type: 'Deleted', object: pod('b', { version: 3 }), resourceVersion: '3' },
      { type: 'Replaced', objects: [pod('a', { version: 1 }), pod('d', { version: 4 })], resourceVersion: '4' },
    ];
    for (const event of events) {
      store.next(event);
      expect(new Set(model.values())).toEqual(new Set(store.list()));
    }
  });
});
