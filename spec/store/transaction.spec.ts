import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Commit, emptySnapshot, type InformerEvent, reduceSnapshot, type Store, store as makeStore } from 'kuberx';
import { realFifo } from 'kuberx/queue';
import { commitTransaction, type TransactionItem } from 'kuberx/store';
import { byNode, names, type Pod, pod } from './pods.ts';

const add = (object: Pod): TransactionItem<Pod> => ({ type: 'Added', object });
const update = (object: Pod): TransactionItem<Pod> => ({ type: 'Updated', object });
const del = (object: Pod): TransactionItem<Pod> => ({ type: 'Deleted', object });

/** `added a@1`, `updated a@1 to a@2`, `deleted a@3`, `deleted a@2?` where the final state is unknown. */
function words(events: readonly InformerEvent<Pod>[]): string[] {
  const nameOf = ({ metadata }: Pod): string => `${metadata.name}@${metadata.resourceVersion}`;
  return events.map((event) => {
    if (event.type === 'updated') return `updated ${nameOf(event.oldObject)} to ${nameOf(event.object)}`;
    return `${event.type} ${nameOf(event.object)}${event.type === 'deleted' && event.finalStateUnknown ? '?' : ''}`;
  });
}

function storeOf(...objects: Pod[]): { readonly store: Store<Pod, 'node'>; readonly commits: Commit<Pod, 'node'>[] } {
  const store = makeStore({ indexers: { node: byNode } });
  store.replace(objects, '10');
  const commits: Commit<Pod, 'node'>[] = [];
  store.commits$.subscribe((commit) => commits.push(commit));
  return { store, commits };
}

describe('transaction', () => {
  it('applies several changes in one commit, with their events in order', () => {
    const { store, commits } = storeOf(pod('a', { version: 1 }), pod('b', { version: 2, node: 'n1' }));
    const sizes: number[] = [];
    store.snapshot$.subscribe(({ size }) => sizes.push(size));
    const results = store.transaction([
      add(pod('d', { version: 11, node: 'n1' })),
      update(pod('b', { version: 12, node: 'n2' })),
      del(pod('a', { version: 13 })),
      add(pod('c', { version: 14, node: 'n1' })),
    ]);
    expect(results).toEqual(Array.from({ length: 4 }, () => ({ status: 'applied' })));
    expect(sizes).toEqual([2, 3]);
    const [commit] = commits;
    expect(commits).toHaveLength(1);
    expect(words(commit!.events)).toEqual(['added d@11', 'updated b@2 to b@12', 'deleted a@13', 'added c@14']);
    expect(commit!.snapshot).toBe(store.snapshot$.value);
    expect(commit!.snapshot.revision).toBe(commit!.previous.revision + 1);
    expect(store.snapshot$.value.resourceVersion).toBe('14');
    expect(names(store.byIndex('node', 'n1'))).toEqual(['c', 'd']);
    expect(Object.isFrozen(store.getByKey('default/c')?.spec)).toBe(true);
  });

  it('says what became of each item, and applies the others where some are refused', () => {
    const { store, commits } = storeOf(pod('a', { version: 5 }));
    const results = store.transaction([
      add(pod('b', { version: 11 })),
      add({ kind: 'Pod' } as Pod),
      add(pod('a', { version: 4 })),
      del(pod('unseen')),
      add(pod('c', { version: 12 })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['applied', 'refused', 'unchanged', 'unchanged', 'applied']);
    const errors = results.flatMap((result) => (result.status === 'refused' ? [result.error] : []));
    expect(errors.map(({ reason, message }) => [reason, message])).toEqual([
      ['MalformedObject', 'cannot key an object without metadata; this changed nothing'],
    ]);
    expect(names(store.list())).toEqual(['a', 'b', 'c']);
    expect(words(commits.at(-1)!.events)).toEqual(['added b@11', 'added c@12']);
  });

  describe('where an index function fails', () => {
    function picky(): {
      readonly store: Store<Pod, 'picky'>;
      readonly told: string[];
      readonly commits: Commit<Pod, 'picky'>[];
    } {
      const told: string[] = [];
      const store = makeStore({
        indexers: {
          picky: ({ metadata, spec }: Pod) => {
            if (spec?.nodeName === 'bad') throw new Error('picky');
            return [metadata.name];
          },
        },
        onIndexError: ({ message }) => told.push(message),
      });
      const commits: Commit<Pod, 'picky'>[] = [];
      store.commits$.subscribe((commit) => commits.push(commit));
      return { store, told, commits };
    }
    const bad = (name: string, version: number): Pod => pod(name, { version, node: 'bad' });
    const good = (name: string, version: number): Pod => pod(name, { version, node: 'good' });

    it('stores the object as an event of a stream would, leaves it out of the index, and says so', () => {
      const { store, told, commits } = picky();
      const results = store.transaction([add(good('a', 1)), add(bad('b', 2)), add(bad('c', 3)), update(bad('b', 4))]);
      expect(results.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied', 'applied']);
      const perItem = results.map((result) => (result.status === 'applied' ? (result.indexErrors ?? []) : []));
      expect(perItem.map((errors) => errors.map(({ key }) => key))).toEqual([[], ['default/b'], ['default/c'], []]);
      expect(names(store.list())).toEqual(['a', 'b', 'c']);
      expect(store.unindexedKeys('picky').sort()).toEqual(['default/b', 'default/c']);
      expect(told).toEqual([
        'the function of index picky threw for default/b and 1 more; they are stored, and left out of that index',
      ]);
      expect(commits.map(({ indexErrors }) => indexErrors.length)).toEqual([1]);
      store.transaction([update(bad('c', 5))]);
      expect(told).toHaveLength(1);
    });

    it('does not tell of what is no longer left out in the end', () => {
      const { store, told } = picky();
      store.transaction([
        ...[add(bad('went', 1)), del(bad('went', 2))],
        ...[add(bad('mended', 3)), update(good('mended', 4))],
        ...[add(bad('twice', 5)), del(bad('twice', 6)), add(bad('twice', 7))],
      ]);
      expect(names(store.list())).toEqual(['mended', 'twice']);
      expect(told).toEqual([
        'the function of index picky threw for default/twice; it is stored, and left out of that index',
      ]);
    });
  });

  it('refuses what cannot be read, and applies the others', () => {
    const { store } = storeOf();
    const cause = new Error('unreadable');
    const unreadable = Object.defineProperty(pod('b'), 'spec', {
      enumerable: true,
      get: () => {
        throw cause;
      },
    });
    const results = store.transaction([add(pod('a')), add(unreadable), add(pod('c'))]);
    expect(results.map(({ status }) => status)).toEqual(['applied', 'refused', 'applied']);
    expect(results[1]).toMatchObject({ error: { reason: 'MalformedObject', cause } });
    expect(names(store.list())).toEqual(['a', 'c']);
  });

  it('emits nothing where nothing changed: all refused, nothing new, or nothing given', () => {
    const { store, commits } = storeOf(pod('a', { version: 5 }));
    expect(store.transaction([])).toEqual([]);
    expect(store.transaction([update(pod('a', { version: 5 })), del(pod('b'))])).toHaveLength(2);
    expect(store.transaction([add(null as unknown as Pod), add(undefined as unknown as Pod)])).toHaveLength(2);
    expect(commits).toEqual([]);
  });

  it.each<[string, Pod[], TransactionItem<Pod>[], string[]]>([
    [
      'an addition and its update',
      [],
      [add(pod('a', { version: 11 })), update(pod('a', { version: 12 }))],
      ['added a@12'],
    ],
    [
      'several updates',
      [pod('a', { version: 1 })],
      [update(pod('a', { version: 11 })), add(pod('b', { version: 12 })), update(pod('a', { version: 13 }))],
      ['updated a@1 to a@13', 'added b@12'],
    ],
    [
      'an update and a deletion',
      [pod('a', { version: 1 })],
      [update(pod('a', { version: 11 })), del(pod('a', { version: 12 }))],
      ['deleted a@12'],
    ],
    [
      'a deletion and another object',
      [pod('a', { version: 1 })],
      [
        del(pod('a', { version: 11 })),
        add(pod('a', { version: 12, uid: 'u2' })),
        update(pod('a', { version: 13, uid: 'u2' })),
      ],
      ['deleted a@11', 'added a@13'],
    ],
    [
      'a deletion and the same object, even at an older version',
      [pod('a', { version: 5 })],
      [del(pod('a', { version: 11 })), add(pod('a', { version: 4 }))],
      ['deleted a@11', 'added a@4'],
    ],
    [
      'another object whose predecessor was updated before',
      [pod('a', { version: 1 })],
      [update(pod('a', { version: 11 })), add(pod('a', { version: 12, uid: 'u2' }))],
      ['deleted a@11?', 'added a@12'],
    ],
    [
      'a deletion and what came and went',
      [pod('a', { version: 1 })],
      [
        del(pod('a', { version: 11 })),
        add(pod('a', { version: 12, uid: 'u2' })),
        del(pod('a', { version: 13, uid: 'u2' })),
      ],
      ['deleted a@11'],
    ],
    [
      'what came and went, and came as another',
      [],
      [add(pod('a', { version: 11 })), del(pod('a', { version: 12 })), add(pod('a', { version: 13, uid: 'u2' }))],
      ['added a@13'],
    ],
  ])('tells what became of an object, once: %s', (_, objects, items, expected) => {
    const { store, commits } = storeOf(...objects);
    store.transaction(items);
    expect(commits.map(({ events }) => words(events))).toEqual([expected]);
    for (const event of commits[0]!.events) {
      if (event.type !== 'deleted') expect(store.get(event.object)).toBe(event.object);
    }
  });

  it('tells nothing of what came and went, but its version', () => {
    const { store, commits } = storeOf(pod('a', { version: 1 }));
    const listed = store.list();
    store.transaction([add(pod('b', { version: 11 })), del(pod('b', { version: 12 }))]);
    expect(commits.map(({ events }) => events)).toEqual([[]]);
    expect(store.snapshot$.value.resourceVersion).toBe('12');
    expect(store.list()).toBe(listed);
    store.transaction([add(pod('b')), del(pod('b'))]);
    expect(commits).toHaveLength(1);
  });

  it('delivers one that is made inside a subscriber after the current commit, and answers at once', () => {
    const store = makeStore<Pod>();
    const seen: string[] = [];
    store.commits$.subscribe(({ events, snapshot }) => {
      seen.push(`${words(events).join(', ')}: ${snapshot.size}`);
      if (snapshot.size > 1) return;
      const results = store.transaction([add(pod('b', { version: 2 })), add(pod('c', { version: 3 }))]);
      seen.push(`${results.length} results, ${store.list().length} pod`);
    });
    store.add(pod('a', { version: 1 }));
    expect(seen).toEqual(['added a@1: 1', '2 results, 1 pod', 'added b@2, added c@3: 3']);
  });

  it('takes a batch of a RealFifo', () => {
    const queue = realFifo<Pod>();
    const { store, commits } = storeOf();
    queue.add(pod('a', { version: 11 }));
    queue.add(pod('b', { version: 12 }));
    queue.delete(pod('c', { version: 13 }));
    queue
      .processBatches((items) => {
        const changes = items.map(({ delta }) => delta).filter((delta) => 'object' in delta);
        return of(store.transaction(changes));
      })
      .subscribe();
    expect(commits.map(({ events }) => words(events))).toEqual([['added a@11', 'added b@12']]);
  });

  it('refuses what is not a transaction, and items that are none', () => {
    const { store, commits } = storeOf();
    for (const bad of [null, undefined, {}, 'Added', { type: 'Added', object: pod('a') }]) {
      expect(() => store.transaction(bad as never)).toThrow(expect.objectContaining({ reason: 'MalformedEvent' }));
    }
    const items = [null, undefined, 7, {}, { type: 'Replaced', objects: [] }, { type: '__proto__', object: pod('a') }];
    const results = store.transaction(items as never);
    expect(results).toEqual(
      items.map(() => ({ status: 'refused', error: expect.objectContaining({ reason: 'MalformedEvent' }) as unknown })),
    );
    expect(store.transaction([, add(pod('a'))] as never).map(({ status }) => status)).toEqual(['refused', 'applied']);
    expect(commits).toHaveLength(1);
  });

  it('takes 130,000 items, and a key like any other', () => {
    const { store, commits } = storeOf();
    const items = Array.from({ length: 130_000 }, (_, index) => add(pod(index === 0 ? '__proto__' : `p${index}`)));
    expect(store.transaction(items)).toHaveLength(130_000);
    expect(commits[0]!.events).toHaveLength(130_000);
    expect(store.getByKey('default/__proto__')).toEqual(pod('__proto__'));
  });

  it('can be had without a store, and is pure', () => {
    const snapshot = reduceSnapshot(emptySnapshot<Pod>(), {
      type: 'Replaced',
      objects: [pod('a', { version: 1 })],
      resourceVersion: '1',
    });
    const items = [update(pod('a', { version: 2 })), { ...add(pod('b')), resourceVersion: '7' }];
    const [first, second] = [commitTransaction(snapshot, items), commitTransaction(snapshot, items)];
    expect(first.commit.snapshot.resourceVersion).toBe('7');
    expect(first.results).toEqual([{ status: 'applied' }, { status: 'applied' }]);
    expect(second.commit.snapshot.changesSince(first.commit.snapshot)).toEqual([]);
    expect(snapshot.list()).toEqual([pod('a', { version: 1 })]);
    expect(first.commit.previous).toBe(snapshot);
  });
});
