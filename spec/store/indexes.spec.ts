import { type Store, store as makeStore } from 'kuberx';
import { describe, expect, it } from 'vitest';
import { names, type Pod, pod } from './pods.ts';

// A pod's node stands for the values of its index, joined by commas.
const split = ({ spec }: Pod): string[] => (spec?.nodeName ? spec.nodeName.split(',') : []);
let version = 1;
const valued = (name: string, ...values: string[]): Pod => pod(name, { version: version++, node: values.join(',') });

function indexed(): Store<Pod, 'values'> {
  return makeStore({ indexers: { values: split } });
}

/** Each value of the index with the names of its objects. */
function buckets(store: Store<Pod, 'values'>): Record<string, string[]> {
  const entries = store.listIndexFuncValues('values').map((value) => [value, names(store.byIndex('values', value))]);
  return Object.fromEntries(entries) as Record<string, string[]>;
}

const subsets = Array.from({ length: 16 }, (_, bits) =>
  ['a', 'b', 'c', 'd'].filter((__, index) => bits & (1 << index)),
);

describe('an index', () => {
  it('has no value that no object has any more, after a deletion, a change and a replacement', () => {
    const store = indexed();
    store.add(valued('x', 'a'));
    store.delete(pod('x'));
    expect(buckets(store)).toEqual({});
    store.add(valued('x', 'a', 'b'));
    store.update(valued('x', 'b', 'c'));
    expect(buckets(store)).toEqual({ b: ['x'], c: ['x'] });
    store.replace([valued('y', 'd')], '99');
    expect(buckets(store)).toEqual({ d: ['y'] });
    store.replace([], '100');
    expect(buckets(store)).toEqual({});
  });

  it('keeps a value for as long as an object has it', () => {
    const store = indexed();
    store.add(valued('x', 'a'));
    store.add(valued('y', 'a'));
    store.delete(pod('x'));
    expect(buckets(store)).toEqual({ a: ['y'] });
  });

  it('follows an object from any values to any others, whatever another has', () => {
    for (const others of [[], ['a', 'b'], ['a', 'b', 'c', 'd']]) {
      for (const before of subsets) {
        for (const after of subsets) {
          const store = indexed();
          store.add(valued('other', ...others));
          store.add(valued('x', ...before));
          store.update(valued('x', ...after.toReversed(), ...after));
          const expected = ['a', 'b', 'c', 'd']
            .map((value) => [value, ['other', 'x'].filter((name) => (name === 'x' ? after : others).includes(value))])
            .filter(([, members]) => members?.length);
          expect(buckets(store)).toEqual(Object.fromEntries(expected));
        }
      }
    }
  });

  it('takes an object with very many values, and any of them', () => {
    const store = indexed();
    const many = Array.from({ length: 130_000 }, (_, index) => `v${index}`);
    store.add(valued('x', many.slice(10).join(',')));
    store.update(valued('x', many.join(',')));
    store.update(valued('x', many.slice(20).join(','), '__proto__', 'constructor'));
    expect(store.listIndexFuncValues('values')).toHaveLength(130_000 - 20 + 2);
    expect(names(store.byIndex('values', '__proto__'))).toEqual(['x']);
    expect(store.byIndex('values', 'v15')).toEqual([]);
    expect(names(store.index('values', valued('y', many.join(','))))).toEqual(['x']);
  });

  it('takes very many objects with one value', () => {
    const store = indexed();
    const many = Array.from({ length: 130_000 }, (_, index) => valued(`p${index}`, 'all'));
    store.replace(many, '1');
    store.update(valued('p7', 'other'));
    store.delete(pod('p8'));
    expect(store.byIndex('values', 'all')).toHaveLength(130_000 - 2);
    expect(store.indexKeys('values', 'all')).toHaveLength(130_000 - 2);
    expect(store.index('values', valued('x', 'all', 'other'))).toHaveLength(130_000 - 1);
  });

  it('tells values, keys and objects, of an unknown value nothing', () => {
    const store = indexed();
    store.replace([valued('x', 'a', 'b'), valued('y', 'b', 'c'), valued('z')], '99');
    expect(store.listIndexFuncValues('values').sort()).toEqual(['a', 'b', 'c']);
    expect(store.indexKeys('values', 'b')).toEqual(['default/x', 'default/y']);
    expect(names(store.index('values', valued('new', 'a', 'c')))).toEqual(['x', 'y']);
    expect(names(store.index('values', valued('new', 'b', 'c')))).toEqual(['x', 'y']);
    expect(store.index('values', valued('new'))).toEqual([]);
    expect([store.byIndex('values', 'none'), store.indexKeys('values', 'none')]).toEqual([[], []]);
  });
});

describe('the version of a store', () => {
  const versionAfter = (...steps: ((store: Store<Pod>) => void)[]): string | undefined => {
    const store = makeStore<Pod>();
    for (const step of steps) step(store);
    return store.snapshot$.value.resourceVersion;
  };
  const add = (name: string, of: number) => (store: Store<Pod>) => store.add(pod(name, { version: of }));

  it('is that of the newest change, of a deletion too if it has one, and that of a replacement', () => {
    expect(versionAfter()).toBeUndefined();
    expect(versionAfter(add('a', 10), add('b', 10), add('c', 20))).toBe('20');
    expect(versionAfter(add('a', 10), (store) => store.delete(pod('a', { version: 20 })))).toBe('20');
    expect(versionAfter(add('a', 10), (store) => store.delete(pod('a')))).toBe('10');
    expect(versionAfter(add('a', 10), (store) => store.add(pod('b')))).toBe('10');
    expect(versionAfter(add('a', 60), (store) => store.replace([pod('b', { version: 30 })], '50'))).toBe('50');
    expect(versionAfter(add('a', 10), (store) => store.next({ type: 'Bookmark', resourceVersion: '15' }))).toBe('15');
    const items = (...versions: number[]) =>
      versions.map((of) => ({ type: 'Added' as const, object: pod(`p${of}`, { version: of }) }));
    expect(versionAfter((store) => void store.transaction(items(40, 30, 50)))).toBe('50');
  });

  it('does not go back with an older change', () => {
    expect(versionAfter(add('a', 20), add('b', 10))).toBe('20');
    const items = [50, 30].map((of) => ({ type: 'Added' as const, object: pod(`p${of}`, { version: of }) }));
    expect(versionAfter((store) => void store.transaction(items))).toBe('50');
  });
});
