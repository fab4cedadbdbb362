import { describe, expect, expectTypeOf, it } from 'vitest';
import type { CacheEvent } from '#src/protocol/cache-event.ts';
import { commitOf, reduceSnapshot } from '#src/store/commit.ts';
import { emptySnapshot, type Snapshot } from '#src/store/snapshot.ts';
import { byGoodNode, byNode, names, type Pod, pod } from './pods.ts';

const replaced = (objects: readonly Pod[], resourceVersion = '1'): CacheEvent<Pod> => ({
  type: 'Replaced',
  objects,
  resourceVersion,
});
const updated = (object: Pod): CacheEvent<Pod> => ({
  type: 'Updated',
  object,
  resourceVersion: object.metadata.resourceVersion ?? '',
});
const deleted = (object: Pod, resourceVersion = '99'): CacheEvent<Pod> => ({
  type: 'Deleted',
  object,
  resourceVersion,
});

const indexed = emptySnapshot<Pod, 'node'>({ indexers: { node: byNode } });
const three = reduceSnapshot(
  indexed,
  replaced([
    pod('a', { version: 1, node: 'n1' }),
    pod('b', { version: 1, node: 'n1' }),
    pod('c', { version: 1, node: 'n2' }),
  ]),
);

describe('Snapshot', () => {
  it('is empty, not synced and of revision 0 at first', () => {
    const { revision, size, synced, resourceVersion } = emptySnapshot<Pod>();
    expect({ revision, size, synced, resourceVersion }).toEqual({
      revision: 0,
      size: 0,
      synced: false,
      resourceVersion: undefined,
    });
    expect(emptySnapshot<Pod>().list()).toEqual([]);
  });

  it('reads by object and by key', () => {
    expect(three.size).toBe(3);
    expect(three.get(pod('b'))).toBe(three.getByKey('default/b'));
    expect(three.getByKey('default/b')?.metadata.name).toBe('b');
    expect(three.getByKey('b')).toBeUndefined();
    expect(three.keys().sort()).toEqual(['default/a', 'default/b', 'default/c']);
  });

  it('keeps names that mean something to JavaScript', () => {
    const odd = ['__proto__', 'constructor', 'toString'];
    const snapshot = reduceSnapshot(
      indexed,
      replaced(odd.map((name) => pod(name, { namespace: '', version: 1, node: name }))),
    );
    expect(emptySnapshot<Pod>().getByKey('__proto__')).toBeUndefined();
    for (const name of odd) {
      expect(snapshot.getByKey(name)?.metadata.name).toBe(name);
      expect(names(snapshot.byIndex('node', name))).toEqual([name]);
    }
    expect(snapshot.byIndex('node', 'valueOf')).toEqual([]);
  });

  it('lists a frozen array, which stays the same until an object changes', () => {
    expect(Object.isFrozen(three.list())).toBe(true);
    expect(three.list()).toBe(three.list());
    const bookmarked = reduceSnapshot(three, { type: 'Bookmark', resourceVersion: '7' });
    expect(bookmarked).not.toBe(three);
    expect(bookmarked.list()).toBe(three.list());
    expect(reduceSnapshot(three, updated(pod('a', { version: 8 }))).list()).not.toBe(three.list());
  });

  describe('indexes', () => {
    it('find objects by value, and keep the arrays of the values that a change does not touch', () => {
      expect(names(three.byIndex('node', 'n1'))).toEqual(['a', 'b']);
      expect(three.byIndex('node', 'n3')).toEqual([]);
      const moved = reduceSnapshot(three, updated(pod('b', { version: 2, node: 'n3' })));
      expect(names(moved.byIndex('node', 'n1'))).toEqual(['a']);
      expect(names(moved.byIndex('node', 'n3'))).toEqual(['b']);
      expect(moved.byIndex('node', 'n2')).toBe(three.byIndex('node', 'n2'));
      expect(names(three.byIndex('node', 'n1'))).toEqual(['a', 'b']);
      expect(Object.isFrozen(moved.byIndex('node', 'n1'))).toBe(true);
    });

    it('keep the arrays of untouched values through a Replaced that changes all else', () => {
      const others = Array.from({ length: 50 }, (_, index) => pod(`p${index}`, { version: 1, node: 'full' }));
      const before = reduceSnapshot(three, replaced([...three.list(), ...others], '2'));
      const changed = others.map((object) => ({
        ...object,
        metadata: { ...object.metadata, resourceVersion: '3' },
        spec: { nodeName: 'other' },
      }));
      const after = reduceSnapshot(before, replaced([...three.list(), ...changed], '3'));
      expect(after.byIndex('node', 'other')).toHaveLength(50);
      expect(after.byIndex('node', 'n1')).toBe(before.byIndex('node', 'n1'));
    });

    it('drop empty buckets', () => {
      const emptied = reduceSnapshot(three, deleted(pod('c')));
      expect(emptied.listIndexFuncValues('node')).toEqual(['n1']);
      expect(emptied.byIndex('node', 'n2')).toEqual([]);
    });

    it('give the objects that share a value with one, each once', () => {
      const both = emptySnapshot<Pod, 'nodes'>({
        indexers: { nodes: (object) => (object.spec?.nodeName ?? '').split(',') },
      });
      const snapshot = reduceSnapshot(
        both,
        replaced([
          pod('a', { version: 1, node: 'n1,n2,n1' }),
          pod('b', { version: 1, node: 'n2,n1' }),
          pod('c', { version: 1, node: 'n3' }),
        ]),
      );
      expect(names(snapshot.index('nodes', pod('x', { node: 'n2,n1,n9' })))).toEqual(['a', 'b']);
      expect(names(snapshot.byIndex('nodes', 'n1'))).toEqual(['a', 'b']);
      expect(snapshot.indexKeys('nodes', 'n2')).toEqual(['default/a', 'default/b']);
      expect(snapshot.listIndexFuncValues('nodes').sort()).toEqual(['n1', 'n2', 'n3']);
    });

    it('hold a bucket of any size, and let it grow and shrink', () => {
      let snapshot: Snapshot<Pod, 'node'> = indexed;
      for (let index = 0; index < 100; index++) {
        snapshot = reduceSnapshot(snapshot, updated(pod(`p${index}`, { version: 1, node: 'n1' })));
      }
      const full = snapshot;
      for (let index = 0; index < 95; index++) snapshot = reduceSnapshot(snapshot, deleted(pod(`p${index}`)));
      expect(names(snapshot.byIndex('node', 'n1'))).toEqual(['p95', 'p96', 'p97', 'p98', 'p99']);
      expect(full.byIndex('node', 'n1')).toHaveLength(100);
      expect(full.byIndex('node', 'n1')).toBe(full.byIndex('node', 'n1'));
      for (let index = 95; index < 100; index++) snapshot = reduceSnapshot(snapshot, deleted(pod(`p${index}`)));
      expect(snapshot.listIndexFuncValues('node')).toEqual([]);
    });

    it('refuse an unknown name, in types and at run time', () => {
      // @ts-expect-error: there is no such index
      expect(() => three.byIndex('typo', 'n1')).toThrow(
        expect.objectContaining({ reason: 'UnknownIndex', index: 'typo' }),
      );
      // @ts-expect-error: there is no index at all
      expect(() => emptySnapshot<Pod>().byIndex('node', 'n1')).toThrow(/no index node \(there is: none\)/);
      // @ts-expect-error: the index functions are missing
      emptySnapshot<Pod, 'node'>();
      expectTypeOf(emptySnapshot({ indexers: { node: byNode } })).toEqualTypeOf<Snapshot<Pod, 'node'>>();
    });

    describe('whose function fails', () => {
      it.each([
        ['throws', () => JSON.parse('{') as string[]],
        ['returns nothing', () => undefined as unknown as string[]],
        ['returns no strings', () => [undefined] as unknown as string[]],
        ['returns a hole', () => Array<string>(1)],
      ])('leave the object out when it %s, and tell', (_, fails) => {
        const start = emptySnapshot<Pod, 'node' | 'name'>({
          indexers: {
            node: (object) => (object.metadata.name === 'bad' ? fails() : byNode(object)),
            name: (object) => [object.metadata.name],
          },
        });
        const { snapshot, indexErrors, events } = commitOf(
          start,
          replaced([pod('a', { version: 1, node: 'n1' }), pod('bad', { version: 1, node: 'n1' })]),
        );
        expect(indexErrors).toEqual([expect.objectContaining({ reason: 'IndexFunction', index: 'node' })]);
        expect(indexErrors[0]?.message).toMatch(/default\/bad; it is stored, and left out of that index$/);
        expect(indexErrors[0]?.key).toBe('default/bad');
        expect(events).toHaveLength(2);
        expect(snapshot.size).toBe(2);
        expect(names(snapshot.byIndex('node', 'n1'))).toEqual(['a']);
        expect(names(snapshot.byIndex('name', 'bad'))).toEqual(['bad']);
        expect(snapshot.unindexedKeys('node')).toEqual(['default/bad']);
        expect(snapshot.unindexedKeys('name')).toEqual([]);
        expect(() => snapshot.index('node', pod('bad'))).toThrow(
          expect.objectContaining({ reason: 'IndexFunction', index: 'node', key: 'default/bad' }),
        );
      });

      const start = emptySnapshot<Pod, 'node'>({ indexers: { node: byGoodNode } });
      const filled = reduceSnapshot(
        start,
        replaced(['a', 'b', 'c', 'd'].map((name) => pod(name, { version: 1, node: 'n1' }))),
      );

      it('tell of an object once, for as long as it is left out, and take it back', () => {
        const steps = [
          updated(pod('a', { version: 2, node: 'bad' })),
          updated(pod('a', { version: 3, node: 'bad' })),
          replaced([pod('a', { version: 4, node: 'bad' }), ...filled.list().slice(1)]),
          updated(pod('a', { version: 5, node: 'n2' })),
          updated(pod('a', { version: 6, node: 'bad' })),
          deleted(pod('a')),
          updated(pod('a', { version: 7, node: 'bad' })),
        ];
        let snapshot = filled;
        const told = steps.map((event) => {
          const commit = commitOf(snapshot, event);
          snapshot = commit.snapshot;
          return [commit.indexErrors.length, snapshot.unindexedKeys('node').length];
        });
        expect(told).toEqual([
          [1, 1],
          [0, 1],
          [0, 1],
          [0, 0],
          [1, 1],
          [0, 0],
          [1, 1],
        ]);
        expect(snapshot.listIndexFuncValues('node')).toEqual(['n1']);
      });

      it('make one error of many objects', () => {
        const objects = Array.from({ length: 130_000 }, (_, index) => pod(`p${index}`, { version: 1, node: 'bad' }));
        const { snapshot, indexErrors } = commitOf(start, replaced(objects));
        expect(indexErrors.map(({ message }) => message)).toEqual([
          'the function of index node threw for default/p0 and 129999 more; they are stored, and left out of that index',
        ]);
        expect(snapshot.unindexedKeys('node')).toHaveLength(130_000);
      });

      it('let an object go that it fails for only later, from whatever values it had', () => {
        let isBroken = false;
        const fickle = emptySnapshot<Pod, 'letter'>({
          indexers: {
            letter: ({ metadata }) => {
              if (isBroken && metadata.name === 'ab') throw new Error('of a sudden');
              return Array.from(metadata.name);
            },
          },
        });
        const before = reduceSnapshot(fickle, replaced([pod('ab', { version: 1 }), pod('b', { version: 1 })]));
        const held = before.byIndex('letter', 'b');
        isBroken = true;
        const after = reduceSnapshot(before, deleted(pod('ab')));
        expect(after.listIndexFuncValues('letter')).toEqual(['b']);
        expect(names(after.byIndex('letter', 'b'))).toEqual(['b']);
        expect(names(held)).toEqual(['ab', 'b']);
      });
    });

    it('may use one array for all their values', () => {
      const scratch: string[] = [];
      const snapshot = emptySnapshot<Pod, 'node'>({
        indexers: {
          node: (object) => {
            scratch.length = 0;
            scratch.push(...byNode(object));
            return scratch;
          },
        },
      });
      const before = reduceSnapshot(snapshot, replaced([pod('a', { version: 1, node: 'n1' })]));
      const after = reduceSnapshot(before, updated(pod('a', { version: 2, node: 'n2' })));
      expect(after.listIndexFuncValues('node')).toEqual(['n2']);
      expect(names(after.byIndex('node', 'n2'))).toEqual(['a']);
    });
  });

  describe('changesSince', () => {
    it('tells additions, updates and deletions, and deletions first', () => {
      let later = reduceSnapshot(three, updated(pod('d', { version: 2 })));
      later = reduceSnapshot(later, updated(pod('a', { version: 3 })));
      later = reduceSnapshot(later, deleted(pod('c')));
      expect(later.changesSince(three)).toEqual([
        { type: 'deleted', object: three.getByKey('default/c'), finalStateUnknown: true },
        { type: 'updated', object: later.getByKey('default/a'), oldObject: three.getByKey('default/a') },
        { type: 'added', object: later.getByKey('default/d'), isInInitialList: false },
      ]);
      expect(later.changesSince(later)).toEqual([]);
    });

    it('takes a new uid for another object', () => {
      const later = reduceSnapshot(three, updated(pod('a', { version: 2, uid: 'another' })));
      expect(later.changesSince(three).map(({ type, object }) => [type, object.metadata.uid])).toEqual([
        ['deleted', 'uid of a'],
        ['added', 'another'],
      ]);
    });

    it('compares unrelated snapshots, by revision', () => {
      const other = reduceSnapshot(
        emptySnapshot<Pod>(),
        replaced([pod('a', { version: 1, node: 'n1' }), pod('b', { version: 2 })]),
      );
      expect(other.changesSince(three).map(({ type, object }) => [type, object.metadata.name])).toEqual([
        ['deleted', 'c'],
        ['updated', 'b'],
      ]);
      expect(three.changesSince(emptySnapshot<Pod>())).toHaveLength(3);
      expect(three.changesSince(emptySnapshot<Pod>())[0]).toMatchObject({ type: 'added', isInInitialList: true });
    });
  });
});
