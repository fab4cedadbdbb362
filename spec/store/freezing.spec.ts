import { type Commit, type InformerEvent, type Store, store as makeStore, type StoreOptions } from 'kuberx';
import { interner, mutationOverlay } from 'kuberx/store';
import { describe, expect, it } from 'vitest';
import { byNode, type Pod, pod } from './pods.ts';

/** The paths of what can be written to. */
function writable(value: unknown, path = '', seen = new Set<unknown>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const own = Object.isFrozen(value) ? [] : [path];
  return own.concat(
    Object.entries(value).flatMap(([key, part]) => writable(part, path === '' ? key : `${path}.${key}`, seen)),
  );
}

const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: 'rs', controller: true };
const fresh = (version: number): Pod => ({
  ...pod('a', { version, metadata: { labels: { app: 'web' }, ownerReferences: [{ ...owner }] } }),
  spec: { nodeName: 'n1', containers: [{ name: 'main', ports: [{ containerPort: 80 }] }] } as Pod['spec'] & object,
});

/** In which ways an object may be frozen already when it comes. */
const comes: readonly (readonly [string, (version: number) => Pod])[] = [
  ['as parsed', fresh],
  ['frozen at its top', (version) => Object.freeze(fresh(version))],
  [
    'with a part that is frozen at its top',
    (version) => {
      const object = fresh(version);
      Object.freeze(object.spec);
      Object.freeze(object.metadata);
      return object;
    },
  ],
  [
    'frozen at its top, with such parts',
    (version) => {
      const object = fresh(version);
      Object.freeze(object.spec);
      return Object.freeze(object);
    },
  ],
];

const stores: readonly (readonly [string, StoreOptions<Pod, 'node'>])[] = [
  ['interned', {}],
  ['interned without siblings', { intern: interner<Pod>({ siblings: false }) }],
  ['not interned', { intern: false }],
  ['interned by a function that freezes nothing', { intern: (_, object) => object }],
];

const ways: readonly (readonly [string, (store: Store<Pod, 'node'>, object: Pod) => void])[] = [
  ['add', (store, object) => store.add(object)],
  ['replace', (store, object) => store.replace([object], '9')],
  ['an event', (store, object) => store.next({ type: 'Updated', object, resourceVersion: '9' })],
  [
    'an event, interned before',
    (store, object) => store.next({ type: 'Replaced', objects: [store.admit(object)], resourceVersion: '9' }),
  ],
  ['a transaction', (store, object) => void store.transaction([{ type: 'Added', object }])],
];

describe('what a store hands out is deep frozen', () => {
  const cases = stores.flatMap(([kind, options]) =>
    comes.flatMap(([how, make]) => ways.map(([way, put]) => [kind, how, way, { options, make, put }] as const)),
  );

  it.each(cases)('%s, %s, by %s', (_, __, ___, { options, make, put }) => {
    const store = makeStore({ ...options, indexers: { node: byNode } });
    const commits: Commit<Pod, 'node'>[] = [];
    store.commits$.subscribe((commit) => commits.push(commit));
    put(store, make(1));
    put(store, make(2));
    const held = store.getByKey('default/a');
    expect(held).toEqual(fresh(2));
    expect(writable(held)).toEqual([]);
    expect(writable(store.list())).toEqual([]);
    expect(writable(store.byIndex('node', 'n1'))).toEqual([]);
    expect(writable(store.index('node', pod('x', { node: 'n1' })))).toEqual([]);
    store.delete(make(3));
    const events = commits.flatMap((commit): readonly InformerEvent<Pod>[] => commit.events);
    expect(events.map(({ type }) => type)).toEqual(['added', 'updated', 'deleted']);
    expect(writable(events)).toEqual(['']);
    expect(commits.every(Object.isFrozen)).toBe(true);
    expect(commits.map(({ events: frozen }) => Object.isFrozen(frozen))).toEqual([true, true, true]);
  });

  it('the errors of an index too, also of a commit that has none', () => {
    const broken = (object: Pod): string[] => {
      throw new Error(object.metadata.name);
    };
    const store = makeStore<Pod, 'broken'>({ indexers: { broken }, onIndexError: () => undefined });
    const commits: Commit<Pod, 'broken'>[] = [];
    store.commits$.subscribe((commit) => commits.push(commit));
    store.next({ type: 'Added', object: fresh(1), resourceVersion: '1' });
    const [result] = store.transaction([{ type: 'Added', object: pod('b', { version: 2 }) }]);
    store.delete(fresh(3));
    store.addIndexers({ node: byNode });
    expect(commits.map(({ indexErrors }) => indexErrors.length)).toEqual([1, 1, 0, 0]);
    expect(commits.map(({ indexErrors }) => Object.isFrozen(indexErrors))).toEqual([true, true, true, true]);
    expect(result).toMatchObject({ status: 'applied', indexErrors: [{ reason: 'IndexFunction' }] });
    expect(Object.isFrozen((result as { indexErrors?: unknown }).indexErrors)).toBe(true);
  });

  it.each(comes)('an own write, %s', (_, make) => {
    const overlay = mutationOverlay(makeStore<Pod>(), { ttl: Infinity });
    overlay.written(make(1));
    expect(overlay.snapshot$.value.size).toBe(1);
    expect(writable(overlay.snapshot$.value.list())).toEqual([]);
  });

  it('so that a write throws a TypeError, which names the property', () => {
    const store = makeStore<Pod>();
    store.add(fresh(1));
    const held = store.getByKey('default/a') as unknown as {
      metadata: { labels: Record<string, string>; resourceVersion?: string };
      spec: { nodeName: string; containers: { name: string }[] };
    };
    const writes: readonly (readonly [string, () => unknown])[] = [
      ["Cannot assign to read only property 'nodeName' of object '#<Object>'", () => (held.spec.nodeName = 'n2')],
      ['Cannot add property tier, object is not extensible', () => (held.metadata.labels['tier'] = 'front')],
      ["Cannot delete property 'resourceVersion' of #<Object>", () => delete held.metadata.resourceVersion],
      ['Cannot add property 1, object is not extensible', () => held.spec.containers.push({ name: 'sidecar' })],
      ['Cannot add property 1, object is not extensible', () => (store.list() as Pod[]).push(fresh(2))],
    ];
    for (const [message, write] of writes) expect(write).toThrow(new TypeError(message));
    expect(held).toEqual(fresh(1));
  });

  it('and a change starts from a copy', () => {
    const store = makeStore<Pod>();
    store.add(fresh(1));
    const held = store.getByKey('default/a')!;
    const copy = structuredClone(held) as { spec: { nodeName: string } };
    copy.spec.nodeName = 'n2';
    expect(held.spec?.nodeName).toBe('n1');
    const changed: Pod = { ...held, spec: { ...held.spec, nodeName: 'n2' } };
    expect(changed.metadata).toBe(held.metadata);
  });
});
