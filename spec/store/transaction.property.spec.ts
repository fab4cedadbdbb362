import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Commit, emptySnapshot, type InformerEvent, metaNamespaceKey, type Snapshot } from 'kuberx';
import { commitOf, commitTransaction, type TransactionItem, type TransactionResult } from 'kuberx/store';
import { byNode, type Pod, pod } from './pods.ts';

const item = fc
  .record({
    type: fc.constantFrom('Added', 'Updated', 'Deleted'),
    name: fc.constantFrom('a', 'b', 'c', '__proto__', ''),
    version: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant('opaque'), fc.constant('')),
    uid: fc.constantFrom('', 'u1', 'u2'),
    node: fc.constantFrom('n1', 'n2'),
  })
  .map(({ type, name, version, uid, node }): TransactionItem<Pod> => {
    return { type, object: pod(name, { uid, node, ...(version === '' ? {} : { version }) }) };
  });
const transactions = fc.array(fc.array(item, { maxLength: 12, size: 'max' }), { maxLength: 6, size: 'max' });

type Indexed = Snapshot<Pod, 'node'>;
const empty = emptySnapshot({ indexers: { node: byNode } });

/** The same changes, each in a commit of its own. */
function oneByOne(snapshot: Indexed, items: readonly TransactionItem<Pod>[]): Indexed {
  return items.reduce((latest, { type, object }) => {
    if (object.metadata.name === '') return latest;
    return commitOf(latest, { type, object, resourceVersion: object.metadata.resourceVersion ?? '' }).snapshot;
  }, snapshot);
}

/** All that can be read, in an order that can be compared. */
function read(snapshot: Indexed): unknown {
  const byKey = (objects: readonly Pod[]): unknown =>
    new Map(objects.map((object) => [metaNamespaceKey(object), object]));
  return {
    synced: snapshot.synced,
    resourceVersion: snapshot.resourceVersion,
    objects: byKey(snapshot.list()),
    index: new Map(snapshot.listIndexFuncValues('node').map((node) => [node, byKey(snapshot.byIndex('node', node))])),
  };
}

/** Each key ends once and then begins once at most, and what is told is what was held and what is. */
function expectTrue({ previous, snapshot, events }: Commit<Pod, 'node'>): void {
  const words = new Map<string, InformerEvent<Pod>['type'][]>();
  for (const event of events) {
    const key = metaNamespaceKey(event.object);
    words.set(key, [...(words.get(key) ?? []), event.type]);
    if (event.type !== 'deleted') expect(snapshot.getByKey(key)).toBe(event.object);
    if (event.type === 'updated') expect(previous.getByKey(key)).toBe(event.oldObject);
  }
  for (const key of new Set([...previous.keys(), ...snapshot.keys(), ...words.keys()])) {
    const [before, after] = [previous.getByKey(key), snapshot.getByKey(key)];
    const said = words.get(key)?.join(', ');
    if (before === after) expect(said).toBeUndefined();
    else if (before === undefined) expect(said).toBe('added');
    else if (after === undefined) expect(said).toBe('deleted');
    else expect(['updated', 'deleted, added']).toContain(said);
  }
}

describe('a transaction', () => {
  it('leads where its items lead one by one, and tells what became of each object', () => {
    const seen = new Set<TransactionResult['status']>();
    fc.assert(
      fc.property(transactions, (all) => {
        let snapshot: Indexed = empty;
        for (const items of all) {
          const before = read(snapshot);
          const expected = oneByOne(snapshot, items);
          const { commit, results } = commitTransaction(snapshot, items);
          expect(read(commit.snapshot)).toEqual(read(expected));
          expect(read(snapshot)).toEqual(before);
          expect(commit.previous).toBe(snapshot);
          expectTrue(commit);
          expect(results).toHaveLength(items.length);
          items.forEach(({ object }, index) => {
            seen.add(results[index]!.status);
            expect(results[index]!.status === 'refused').toBe(object.metadata.name === '');
          });
          const isNew = commit.snapshot !== snapshot;
          expect(commit.snapshot.revision).toBe(snapshot.revision + (isNew ? 1 : 0));
          snapshot = commit.snapshot;
        }
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual(['applied', 'refused', 'unchanged']);
  });
});
