import { map, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type CacheEvent, minutes, type ReflectorSink, store as makeStore } from 'kuberx';
import { fifo } from 'kuberx/queue';
import { expirationCache, undeltaStore } from 'kuberx/store';
import { names, type Pod, pod } from './pods.ts';

/** What client-go's Store and ours have in common, whatever else they do. */
interface Contract extends ReflectorSink<Pod> {
  add(object: Pod): void;
  update(object: Pod): void;
  delete(object: Pod): void;
  replace(objects: readonly Pod[], resourceVersion: string): void;
  getByKey(key: string): Pod | undefined;
  list(): readonly Pod[];
  listKeys(): string[];
}

describe.each<[string, () => Contract]>([
  ['Store', () => makeStore<Pod>()],
  ['UndeltaStore', () => undeltaStore<Pod>(() => undefined)],
  ['ExpirationCache', () => expirationCache<Pod>({ ttl: minutes(1) })],
  ['Fifo', () => fifo<Pod>()],
])('the contract of a store: %s', (_, create) => {
  const at = (name: string, version: number): Pod => pod(name, { version });
  const versionOf = (store: Contract, name: string): string | undefined =>
    store.getByKey(`default/${name}`)?.metadata.resourceVersion;

  it('holds the latest of each key', () => {
    const store = create();
    store.add(at('a', 1));
    expect(versionOf(store, 'a')).toBe('1');
    store.update(at('a', 2));
    expect(versionOf(store, 'a')).toBe('2');
    store.add(at('a', 3));
    expect(versionOf(store, 'a')).toBe('3');
    store.update(at('b', 4));
    expect(names(store.list())).toEqual(['a', 'b']);
    expect(store.listKeys().sort()).toEqual(['default/a', 'default/b']);
  });

  it('has nothing under a key that was deleted, or never was', () => {
    const store = create();
    store.add(at('a', 1));
    store.add(at('b', 1));
    store.delete(at('a', 2));
    store.delete(at('c', 2));
    expect(store.getByKey('default/a')).toBeUndefined();
    expect(store.getByKey('default/c')).toBeUndefined();
    expect(store.getByKey('constructor')).toBeUndefined();
    expect(names(store.list())).toEqual(['b']);
  });

  it('holds after a replacement what it was given and no more, the last of a key', () => {
    const store = create();
    store.add(at('a', 1));
    store.replace([at('b', 2), at('c', 2), at('b', 3)], '3');
    expect(names(store.list())).toEqual(['b', 'c']);
    expect(versionOf(store, 'b')).toBe('3');
    store.replace([], '4');
    expect(store.list()).toEqual([]);
  });

  it('is what it was after a replacement with an object that has no key', () => {
    const store = create();
    store.add(at('a', 1));
    expect(() => store.replace([at('b', 2), { kind: 'Pod' } as Pod], '2')).toThrow();
    expect(names(store.list())).toEqual(['a']);
  });
});

describe('a Store behind an operator that transforms', () => {
  it('holds what it led to, of each object that came once', () => {
    let transformed = 0;
    const transform = (object: Pod): Pod => {
      transformed++;
      return { ...object, spec: { nodeName: 'transformed' } };
    };
    const events$ = new Subject<CacheEvent<Pod>>();
    const store = makeStore<Pod>();
    events$
      .pipe(
        map((event): CacheEvent<Pod> => {
          if (event.type === 'Replaced') return { ...event, objects: event.objects.map(transform) };
          return 'object' in event ? { ...event, object: transform(event.object) } : event;
        }),
      )
      .subscribe(store);
    events$.next({ type: 'Added', object: pod('a', { version: 1 }), resourceVersion: '1' });
    events$.next({ type: 'Replaced', objects: [pod('b', { version: 2 }), pod('c')], resourceVersion: '2' });
    events$.next({ type: 'Updated', object: pod('b', { version: 3 }), resourceVersion: '3' });
    events$.next({ type: 'Sync' });
    expect(store.list().map(({ spec }) => spec?.nodeName)).toEqual(['transformed', 'transformed']);
    expect(transformed).toBe(4);
  });
});
