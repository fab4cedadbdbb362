import {
  KubeError,
  type LabelSelector,
  type Lister,
  lister,
  metaNamespaceIndex,
  namespaceIndex,
  parseLabelSelector,
  SelectorError,
  type Store,
  store as makeStore,
} from 'kuberx';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { byNode, names, type Pod, pod } from './pods.ts';

const labelled = (name: string, labels: Record<string, string>, namespace = 'default'): Pod =>
  pod(name, { version: 1, namespace, metadata: { labels } });
const objects = [
  labelled('web-1', { app: 'web', tier: 'front' }),
  labelled('web-2', { app: 'web' }),
  labelled('db', { app: 'db' }, 'data'),
  pod('bare', { version: 1, namespace: 'data' }),
  pod('node', { version: 1, namespace: '' }),
];

function filled(): Store<Pod, 'namespace'> {
  const store = makeStore({ indexers: { [namespaceIndex]: (object: Pod) => metaNamespaceIndex(object) } });
  store.replace(objects, '1');
  return store;
}

/** The error that a function throws. */
function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('lister', () => {
  it('reads a store, a snapshot$ and a snapshot, with their types', () => {
    const store = filled();
    const readers = [lister(store), lister(store.snapshot$), lister(store.snapshot$.value)];
    expectTypeOf(readers).toEqualTypeOf<Lister<Pod>[]>();
    expectTypeOf(lister(makeStore<Pod, 'node'>({ indexers: { node: byNode } }))).toEqualTypeOf<Lister<Pod>>();
    for (const reader of readers) {
      expect(names(reader.list())).toEqual(['bare', 'db', 'node', 'web-1', 'web-2']);
      expect(reader.get('data/db')).toBe(store.getByKey('data/db'));
      expect(reader.namespace('data').get('db')).toBe(store.getByKey('data/db'));
      expect(reader.get('node').metadata.name).toBe('node');
    }
    store.delete(objects[0]!);
    expect(readers.map((reader) => names(reader.list('app=web')))).toEqual([['web-2'], ['web-2'], ['web-1', 'web-2']]);
  });

  it.each<[string | undefined, readonly string[]]>([
    [undefined, ['bare', 'db', 'node', 'web-1', 'web-2']],
    ['', ['bare', 'db', 'node', 'web-1', 'web-2']],
    ['app=web', ['web-1', 'web-2']],
    ['app in (web,db),!tier', ['db', 'web-2']],
    ['!app', ['bare', 'node']],
    ['app=none', []],
    ['app=web,app=db', []],
  ])('lists by a selector, as text and parsed: %s', (selector, expected) => {
    const reader = lister(filled());
    expect(names(reader.list(selector))).toEqual(expected);
    if (selector !== undefined) expect(names(reader.list(parseLabelSelector(selector)))).toEqual(expected);
  });

  it('looks at no labels for an empty selector, and at nothing for one that can select nothing', () => {
    let looks = 0;
    const store = makeStore<Pod>({ intern: (_, object) => object });
    const metadata = { name: 'a', namespace: 'default', get labels() { looks++; return { a: 'b' }; } }; // prettier-ignore
    store.add({ apiVersion: 'v1', kind: 'Pod', metadata });
    looks = 0; // freezing looks at everything
    const reader = lister(store);
    expect([reader.list().length, reader.list('').length, reader.namespace('default').list().length]).toEqual([
      1, 1, 1,
    ]);
    expect(reader.list()).toBe(store.list());
    expect(reader.list('a,!a')).toEqual([]);
    expect(reader.namespace('default').list('a in (b),a notin (b)')).toEqual([]);
    expect(looks).toBe(0);
    expect(reader.list('a=b')).toHaveLength(1);
    expect(looks).toBe(1);
  });

  it('lists some, all or none of many', () => {
    const store = makeStore<Pod>({ intern: false });
    const many = Array.from({ length: 100_000 }, (_, index) =>
      labelled(`p${index}`, index % 10 === 0 ? { match: 'true' } : {}, `team-${index % 7}`),
    );
    store.replace(many, '1');
    const reader = lister(store);
    expect(reader.list('match=true')).toHaveLength(10_000);
    expect(reader.list('')).toHaveLength(100_000);
    expect(reader.list('nomatch=true')).toHaveLength(0);
    expect(reader.list('!match')).toHaveLength(90_000);
    expect(reader.namespace('team-3').list('match')).toHaveLength(1429);
  });

  describe('of a namespace', () => {
    it.each([
      ['indexed', metaNamespaceIndex],
      ['by another index of that name', () => ['data']],
      ['not indexed', undefined],
    ])('lists its objects only, %s', (_, namespace) => {
      const store = makeStore<Pod, string>({ indexers: namespace === undefined ? {} : { namespace } });
      store.replace(objects, '1');
      const reader = lister(store);
      expect(names(reader.namespace('data').list())).toEqual(['bare', 'db']);
      expect(names(reader.namespace('data').list('app'))).toEqual(['db']);
      expect(names(reader.namespace('default').list('app=web,tier'))).toEqual(['web-1']);
      expect(reader.namespace('none').list()).toEqual([]);
      expect(reader.namespace('__proto__').list()).toEqual([]);
      expect(reader.namespace('').list()).toHaveLength(5);
    });

    it('uses the index where there is one', () => {
      const store = makeStore({ indexers: { namespace: metaNamespaceIndex } });
      store.replace(objects, '1');
      expect(
        lister(store as Store<Pod, 'namespace'>)
          .namespace('data')
          .list(),
      ).toBe(store.byIndex('namespace', 'data'));
    });
  });

  it('reads whatever can be listed, without an index where it has none', () => {
    const store = filled();
    const readable = { list: () => store.list(), getByKey: (key: string) => store.getByKey(key) };
    const reader = lister<Pod>({ value: readable });
    expect(names(reader.namespace('data').list())).toEqual(['bare', 'db']);
    expect(reader.get('data/db')).toBe(store.getByKey('data/db'));
  });

  it('takes no namespace for all', () => {
    const namespace = undefined as string | undefined;
    expect(lister(filled()).namespace(namespace).list()).toHaveLength(5);
  });

  it.each([
    [null, 'null'],
    [7, 'of type number'],
    [{ name: 'data' }, 'of type object'],
    [['data'], 'of type object'],
  ])('refuses what is not a namespace: %j', (namespace, what) => {
    const reader = lister(filled(), { resource: 'v1/pods' });
    for (const each of [reader, reader.namespace('') as Lister<Pod>]) {
      expect(thrown(() => each.namespace(namespace as unknown as string))).toEqual(
        new TypeError(`v1/pods: the namespace is ${what}; it takes a text, '' for all namespaces`),
      );
    }
  });

  it('answers with NotFound for what is not there', () => {
    const reader = lister(filled(), { resource: 'v1/pods' });
    const errors = [
      () => reader.get('default/none'),
      () => reader.get('web-1'),
      () => reader.namespace('data').get('web-1'),
      () => reader.namespace('').get('__proto__'),
      () => lister(filled()).get('x'),
    ].map(thrown);
    for (const error of errors) {
      expect(error).toBeInstanceOf(KubeError);
      expect(error).toMatchObject({ reason: 'NotFound', code: 404 });
    }
    expect(errors.map((error) => (error as KubeError).message)).toEqual([
      'v1/pods: "default/none" not found',
      'v1/pods: "web-1" not found',
      'v1/pods in data: "web-1" not found',
      'v1/pods: "__proto__" not found',
      'objects: "x" not found',
    ]);
  });

  it('refuses what is not a selector', () => {
    const reader = lister(filled());
    expect(() => reader.list('a b')).toThrow(SelectorError);
    expect(() => reader.list({ matchLabels: { app: 'web' } } as unknown as LabelSelector)).toThrow(
      /^a label selector is a text or a LabelSelector; labelSelectorOf/,
    );
  });

  it.each([undefined, null, 7, {}])('refuses what cannot be read: %s', (source) => {
    expect(() => lister(source as Store<Pod>)).toThrow('a lister reads a store');
  });
});
