import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CacheEvent } from '#src/protocol/cache-event.ts';
import type { Indexers } from '#src/store/contents/indexers.ts';
import type { Snapshot } from '#src/store/snapshot.ts';
import { StoreError } from '#src/store/store-error.ts';
import { Store } from '#src/store/store.ts';
import { names, type Pod, pod } from './pods.ts';

/** What an index function finds, or `undefined` where it fails. */
type ValuesOf = (object: Pod) => readonly string[] | undefined;

const orThrow =
  (valuesOf: ValuesOf) =>
  (object: Pod): readonly string[] => {
    const values = valuesOf(object);
    if (values === undefined) throw new Error(`no values of ${object.metadata.name}`);
    return values;
  };
const node: ValuesOf = ({ spec }) => (spec?.nodeName === 'bad' ? undefined : [spec?.nodeName ?? '']);
const words: ValuesOf = ({ metadata }) => (metadata.uid === 'u2' ? undefined : Array.from(metadata.name));
const all: ValuesOf = () => ['everything'];
const known: Readonly<Record<string, ValuesOf>> = { node, words, all };

const name = fc.integer({ min: 0, max: 60 }).map((index) => (index === 0 ? '__proto__' : `p${index}`));
const object = fc
  .record({
    name,
    version: fc.integer({ min: 1, max: 30 }),
    uid: fc.constantFrom('', 'u1', 'u1', 'u2'),
    node: fc.constantFrom('big', 'big', 'big', 'n1', '__proto__', 'bad'),
  })
  .map(({ name: named, ...rest }) => pod(named, rest));
const changed = fc
  .tuple(fc.constantFrom('Added' as const, 'Updated' as const, 'Deleted' as const), object)
  .map(([type, of]): CacheEvent<Pod> => ({ type, object: of, resourceVersion: of.metadata.resourceVersion ?? '' }));
const replaced = fc
  .array(object, { maxLength: 70, size: 'max' })
  .map((objects): CacheEvent<Pod> => ({ type: 'Replaced', objects, resourceVersion: '30' }));
const filled = fc
  .array(object, { minLength: 30, maxLength: 60, size: 'max' })
  .map((objects) => objects.map((of): CacheEvent<Pod> => ({ type: 'Added', object: of, resourceVersion: '30' })));
const step = fc.oneof(
  { weight: 6, arbitrary: changed.map((event) => ({ does: 'event' as const, events: [event] })) },
  { weight: 2, arbitrary: filled.map((events) => ({ does: 'event' as const, events })) },
  { weight: 1, arbitrary: replaced.map((event) => ({ does: 'event' as const, events: [event] })) },
  { weight: 4, arbitrary: changed.map((event) => ({ does: 'write' as const, events: [event] })) },
  { weight: 1, arbitrary: replaced.map((event) => ({ does: 'write' as const, events: [event] })) },
  { weight: 2, arbitrary: fc.constantFrom('words', 'all').map((index) => ({ does: 'index' as const, index })) },
);

/** By the method of that name, which refuses where an event would be taken. */
function write(store: Store<Pod, string>, event: CacheEvent<Pod>): void {
  if (event.type === 'Added') store.add(event.object);
  else if (event.type === 'Updated') store.update(event.object);
  else if (event.type === 'Deleted') store.delete(event.object);
  else if (event.type === 'Replaced') store.replace(event.objects, event.resourceVersion);
}

/** Compares every index of a snapshot with one made anew of its objects. */
function expectAsMadeAnew(snapshot: Snapshot<Pod, string>, indexes: readonly string[]): void {
  for (const [index, valuesOf] of Object.entries(known)) {
    if (!indexes.includes(index)) {
      expect(() => snapshot.byIndex(index, '')).toThrow(expect.objectContaining({ reason: 'UnknownIndex', index }));
      continue;
    }
    const byValue = new Map<string, Pod[]>();
    const leftOut: string[] = [];
    for (const each of snapshot.list()) {
      const values = valuesOf(each);
      if (values === undefined) leftOut.push(`default/${each.metadata.name}`);
      for (const value of new Set(values)) byValue.set(value, [...(byValue.get(value) ?? []), each]);
    }
    expect(snapshot.unindexedKeys(index).sort()).toEqual(leftOut.sort());
    expect(snapshot.listIndexFuncValues(index).sort()).toEqual([...byValue.keys()].sort());
    expect(snapshot.sizes(index)).toEqual(new Map(Array.from(byValue, ([value, { length }]) => [value, length])));
    for (const [value, members] of byValue) expect(new Set(snapshot.byIndex(index, value))).toEqual(new Set(members));
  }
}

describe('indexes over random histories', () => {
  it('are as if made anew, with functions that fail and indexes that come later, and older snapshots stay', () => {
    let [told, refused, added] = [0, 0, 0];
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 25, size: 'max' }), (steps) => {
        const store: Store<Pod, string> = new Store<Pod, string>({
          indexers: { node: orThrow(node) },
          onIndexError: () => told++,
        });
        let indexes = ['node'];
        const kept: {
          readonly snapshot: Snapshot<Pod, string>;
          readonly indexes: string[];
          readonly pods: string[];
        }[] = [];
        for (const each of steps) {
          const before = store.snapshot$.value;
          try {
            if (each.does === 'index') {
              const indexers: Indexers<Pod> = { [each.index]: orThrow(known[each.index]!) };
              if (indexes.includes(each.index)) continue;
              store.addIndexers(indexers);
              indexes = [...indexes, each.index];
              added++;
            }
            for (const event of each.does === 'index' ? [] : structuredClone(each.events)) {
              if (each.does === 'event') store.next(event);
              else write(store, event);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(StoreError);
            expect(store.snapshot$.value).toBe(before);
            expect(each.does).not.toBe('event');
            refused++;
          }
          const snapshot = store.snapshot$.value;
          expectAsMadeAnew(snapshot, indexes);
          kept.push({ snapshot, indexes, pods: names(snapshot.list()) });
        }
        for (const { snapshot, indexes: had, pods } of kept) {
          expect(names(snapshot.list())).toEqual(pods);
          expectAsMadeAnew(snapshot, had);
        }
      }),
      { numRuns: 150, interruptAfterTimeLimit: 20_000 },
    );
    expect(told).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(50);
    expect(added).toBeGreaterThan(20);
  });
});
