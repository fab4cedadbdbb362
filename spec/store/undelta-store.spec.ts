import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { CacheEvent, ReflectorSink } from 'kuberx';
import { undeltaStore, type UndeltaStore } from 'kuberx/store';
import { reported } from '../reported.ts';
import { byNode, type Pod, pod } from './pods.ts';

const nameOf = ({ metadata }: Pod): string => `${metadata.name}@${metadata.resourceVersion}`;

function pushing(): { readonly store: UndeltaStore<Pod>; readonly pushed: string[] } {
  const pushed: string[] = [];
  const store = undeltaStore<Pod>((objects) => pushed.push(objects.map(nameOf).sort().join(' ')));
  return { store, pushed };
}

describe('UndeltaStore', () => {
  it('pushes the complete state once for each addition, update and deletion', () => {
    const { store, pushed } = pushing();
    store.add(pod('a', { version: 1 }));
    store.add(pod('b', { version: 2 }));
    store.update(pod('a', { version: 3 }));
    store.delete(pod('a', { version: 4 }));
    store.delete(pod('b', { version: 5 }));
    expect(pushed).toEqual(['a@1', 'a@1 b@2', 'a@3 b@2', 'b@2', '']);
  });

  it('pushes once for a replacement, the first one also where it is empty', () => {
    const { store, pushed } = pushing();
    store.replace([], '1');
    store.replace([], '2');
    store.replace([pod('a', { version: 3 }), pod('b', { version: 3 })], '3');
    store.replace([pod('c', { version: 4 })], '4');
    expect(pushed).toEqual(['', 'a@3 b@3', 'c@4']);
  });

  it('pushes once for a transaction, and for an event of a reflector', () => {
    const { store, pushed } = pushing();
    store.transaction([
      { type: 'Added', object: pod('a', { version: 1 }) },
      { type: 'Added', object: pod('b', { version: 2 }) },
    ]);
    const sink: ReflectorSink<Pod> = store;
    from<CacheEvent<Pod>[]>([
      { type: 'Requested', phase: 'watching' },
      { type: 'Deleted', object: pod('a', { version: 3 }), resourceVersion: '3' },
      { type: 'Bookmark', resourceVersion: '9' },
      { type: 'Sync' },
    ]).subscribe(sink);
    expect(pushed).toEqual(['a@1 b@2', 'b@2']);
  });

  it('pushes nothing when it is read', () => {
    const { store, pushed } = pushing();
    store.replace([pod('a', { version: 1, node: 'n1' })], '1');
    const indexed = store.addIndexers({ node: byNode });
    store.list();
    store.listKeys();
    store.get(pod('a'));
    store.getByKey('default/a');
    indexed.byIndex('node', 'n1');
    store.snapshot$.value.list();
    store.snapshot$.subscribe();
    expect(pushed).toHaveLength(1);
  });

  it('pushes nothing for a write that is refused, or changes nothing', () => {
    const { store, pushed } = pushing();
    store.add(pod('a', { version: 5 }));
    expect(() => store.add({ kind: 'Pod' } as Pod)).toThrow('cannot key');
    expect(() => store.replace([pod('b'), null as unknown as Pod], '6')).toThrow('cannot key');
    store.add(pod('a', { version: 4 }));
    store.delete(pod('unseen'));
    store.transaction([{ type: 'Added', object: {} as Pod }]);
    expect(pushed).toEqual(['a@5']);
  });

  it('pushes after it returns what is written while it pushes', () => {
    const pushed: string[] = [];
    const store: UndeltaStore<Pod> = undeltaStore<Pod>((objects) => {
      if (objects.length === 1) store.add(pod('b', { version: 2 }));
      pushed.push(objects.map(nameOf).join(' '));
      expect(store.list()).toBe(objects);
      expect(Object.isFrozen(objects)).toBe(true);
    });
    store.add(pod('a', { version: 1 }));
    expect(pushed).toEqual(['a@1', 'a@1 b@2']);
  });

  it('goes on where a push throws, and refuses to be without one', async () => {
    const broken = new Error('broken push');
    let pushes = 0;
    const store = undeltaStore<Pod>(() => {
      pushes++;
      throw broken;
    });
    const errors = await reported(() => {
      store.add(pod('a', { version: 1 }));
      store.add(pod('b', { version: 2 }));
    });
    expect(errors).toEqual([broken, broken]);
    expect(pushes).toBe(2);
    expect(store.list()).toHaveLength(2);
    expect(() => undeltaStore(undefined as never)).toThrow(TypeError);
  });
});
