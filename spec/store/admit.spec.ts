import { of, scan } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type CacheEvent, emptySnapshot, reduceSnapshot, store as makeStore, StoreError } from 'kuberx';
import { admitEvent, type Admitted, commitOf, freezer, type Intern, interner } from 'kuberx/store';
import { type Pod, pod } from './pods.ts';

const listed = (...objects: Pod[]): CacheEvent<Pod> => ({ type: 'Replaced', objects, resourceVersion: '1' });
const objectsOf = (event: CacheEvent<Admitted<Pod>>): readonly Admitted<Pod>[] =>
  event.type === 'Replaced' ? event.objects : [];
const updated = (object: Pod): CacheEvent<Pod> => ({ type: 'Updated', object, resourceVersion: '2' });

describe('admitEvent', () => {
  const first = emptySnapshot<Pod>();
  const held = reduceSnapshot(first, admitEvent(first, listed(pod('a', { version: 1, node: 'n1' })), interner<Pod>()));

  it('shares the objects of an event with those held under the same key', () => {
    const event = admitEvent(held, updated(pod('a', { version: 2, node: 'n1' })), interner<Pod>());
    const { key, object } = (event as { object: Admitted<Pod> }).object;
    expect(key).toBe('default/a');
    expect(object.spec).toBe(held.getByKey('default/a')?.spec);
    expect(object.metadata.resourceVersion).toBe('2');
  });

  it('returns events without objects as they are', () => {
    const event = { type: 'Bookmark', resourceVersion: '5' } as const;
    expect(admitEvent(held, event, interner<Pod>())).toBe(event);
  });

  it('only freezes when told so', () => {
    const object = pod('a', { version: 2, node: 'n1' });
    const event = admitEvent(held, updated(object), freezer<Pod>());
    expect(event).toMatchObject({ ...updated(object), object: { key: 'default/a', object } });
    expect(Object.isFrozen(object.spec)).toBe(true);
  });

  it('takes what is admitted already as it is, also among what is not', () => {
    let calls = 0;
    const counted: Intern<Pod> = (_, object) => ((calls += 1), object);
    const [a] = objectsOf(admitEvent(held, listed(pod('a'), pod('b')), counted));
    const mixed = { type: 'Replaced', objects: [a!, pod('c')], resourceVersion: '2' } as const;
    const [same, c] = objectsOf(admitEvent(held, mixed, counted));
    expect(same).toBe(a);
    expect([a?.key, c?.key]).toEqual(['default/a', 'default/c']);
    expect(calls).toBe(3);
  });

  it.each([
    ['nothing', undefined],
    ['an object with another name', pod('b')],
    ['an object without a name', {} as Pod],
  ])('refuses an intern that returns %s', (_, returned) => {
    expect(() => admitEvent(held, updated(pod('a')), () => returned as Pod)).toThrow(StoreError);
    const store = makeStore<Pod>({ intern: () => returned as Pod });
    store.snapshot$.subscribe();
    expect(() => store.add(pod('a'))).toThrow(StoreError);
    expect(() => store.transaction([{ type: 'Added', object: pod('a') }])).not.toThrow();
    expect(store.list()).toEqual([]);
  });
});

describe('the doorway of a store', () => {
  it('ignores a key that is not that of the object, as the index that map gives', () => {
    const store = makeStore<Pod>();
    // As JavaScript calls it, without the types that refuse it.
    const admit: unknown = store.admit;
    const admitted = [pod('a'), pod('b')].map(admit as (object: Pod) => Admitted<Pod>);
    expect(admitted.map(({ key }) => key)).toEqual(['default/a', 'default/b']);
    expect(store.admit(pod('c'), 'default/d').key).toBe('default/c');
    expect(() => store.admit({ metadata: {} } as Pod, 'default/a')).toThrow(StoreError);
    expect(() => store.admit(null as never, 'default/a')).toThrow(StoreError);
  });

  it('refuses a list with holes as one with a value that is not an object', () => {
    const store = makeStore<Pod>();

    expect(() => store.replace([, pod('a')] as Pod[], '1')).toThrow(StoreError);
    expect(store.snapshot$.value.revision).toBe(0);
  });

  it('is passed once by each object, whichever way it comes', () => {
    let calls = 0;
    const store = makeStore<Pod>({ intern: (_, object) => ((calls += 1), object) });
    const admitted = store.admit(pod('a'));
    store.next({ type: 'Added', object: admitted, resourceVersion: '1' });
    expect(calls).toBe(1);
    store.next({ type: 'Replaced', objects: [store.admit(pod('a', { version: 2 }))], resourceVersion: '2' });
    expect(calls).toBe(2);
    store.add(pod('b'));
    store.transaction([{ type: 'Added', object: pod('c') }]);
    expect(calls).toBe(4);
    expect(store.listKeys()).toEqual(['default/a', 'default/b', 'default/c']);
  });

  it('is part of a plain pipeline, which refuses bad input with a clear error', () => {
    const snapshots$ = of(listed(pod('a')), listed({} as Pod)).pipe(scan(reduceSnapshot, emptySnapshot<Pod>()));
    const seen: number[] = [];
    let error: unknown;
    snapshots$.subscribe({ next: ({ size }) => seen.push(size), error: (cause: unknown) => (error = cause) });
    expect(seen).toEqual([1]);
    expect(error).toMatchObject({ name: 'StoreError', reason: 'MalformedObject' });
    expect(() => commitOf(emptySnapshot<Pod>(), 'nonsense' as never)).toThrow('invalid cache event');
  });

  it('gives a commit the objects, and not what they were admitted as', () => {
    const store = makeStore<Pod>();
    const admitted = store.admit(pod('a'));
    const events: unknown[] = [];
    store.commits$.subscribe((commit) => events.push(...commit.events));
    store.next({ type: 'Added', object: admitted, resourceVersion: '1' });
    store.next({ type: 'Deleted', object: store.admit(pod('a', { version: 2 })), resourceVersion: '2' });
    expect(events).toMatchObject([
      { type: 'added', object: { metadata: { name: 'a' } } },
      { type: 'deleted', object: { metadata: { name: 'a' } } },
    ]);
    expect(store.list()).toEqual([]);
  });
});
