import { map, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type CacheEvent, type ReflectorSink, type Store, store as makeStore } from 'kuberx';
import {
  cacheEventOf,
  DeletedFinalStateUnknown,
  expandDelta,
  type ObjectDelta,
  realFifo,
  type RealFifo,
} from 'kuberx/queue';
import { type Pod, pod } from '../store/pods.ts';
import { deltaWords, drained, nameOf, work } from './worker.ts';

const at = (name: string, version: number): Pod => pod(name, { version });

/** What the deltas of a queue say of each object, when a store applies them one after the other. */
function told(queue: RealFifo<Pod>, store: Store<Pod>): string {
  const deltas: ObjectDelta<Pod>[] = [];
  for (const { delta } of drained(queue)) {
    deltas.push(...expandDelta(delta, store));
    store.next(cacheEventOf(delta));
  }
  return deltas.map(word).join(' ');
}

/** `†a(a@1)`: the tombstone of a, with what was known of it. */
function word({ type, object }: ObjectDelta<Pod>): string {
  if (object instanceof DeletedFinalStateUnknown) {
    return `†${object.key.replace('default/', '')}(${object.object === undefined ? '' : nameOf(object.object)})`;
  }
  return `${type} ${nameOf(object)}`;
}

function storeOf(...objects: readonly Pod[]): Store<Pod> {
  const store = makeStore<Pod>();
  store.replace(objects, '1');
  return store;
}

describe('RealFifo', () => {
  it('takes the events of a reflector, and hands out those that concern the state', () => {
    const queue = realFifo<Pod>();
    const sink: ReflectorSink<Pod> = queue;
    sink.next({ type: 'Requested', phase: 'listing' });
    sink.next({ type: 'Replaced', objects: [at('a', 1), at('b', 2)], resourceVersion: '2' });
    sink.next({ type: 'Added', object: at('c', 3), resourceVersion: '3' });
    sink.next({ type: 'Updated', object: at('a', 4), resourceVersion: '4' });
    sink.next({ type: 'Deleted', object: at('b', 5), resourceVersion: '5' });
    sink.next({ type: 'Bookmark', resourceVersion: '6' });
    sink.next({ type: 'Sync' });
    expect(queue.size).toBe(6);
    expect(deltaWords(drained(queue))).toBe('=[a@1 b@2]@2! +c@3 ~a@4 -b@5 Bookmark@6 SyncAll');
    expect(queue.size).toBe(0);
  });

  it('keeps the order across keys, and of each of its producers', () => {
    const queue = realFifo<Pod>();
    const expected: string[] = [];
    for (let index = 0; index < 100; index++) {
      for (const name of ['a', 'b']) {
        queue.add(at(name, index));
        expected.push(`+${name}@${index}`);
      }
    }
    expect(deltaWords(drained(queue))).toBe(expected.join(' '));
  });

  it('compresses nothing', () => {
    const queue = realFifo<Pod>();
    queue.add(at('a', 1));
    queue.update(at('a', 2));
    queue.delete(at('a', 3));
    queue.delete(at('a', 3));
    expect(deltaWords(drained(queue))).toBe('+a@1 ~a@2 -a@3 -a@3');
  });

  it('lets nobody jump the line', () => {
    const queue = realFifo<Pod>();
    for (const name of ['a', 'b', 'c']) queue.add(at(name, 1));
    const worker = work(queue);
    queue.add(at('b', 2));
    queue.add(at('a', 2));
    for (let turn = 0; turn < 5; turn++) worker.finish();
    expect(deltaWords(worker.started)).toBe('+a@1 +b@1 +c@1 +b@2 +a@2');
  });

  it('hands out the deletion of an object that nobody knows', () => {
    const queue = realFifo<Pod>();
    queue.delete(at('unknown', 1));
    expect(told(queue, makeStore<Pod>())).toBe('Deleted unknown@1');
  });

  it('hands out additions, changes and deletions of what a store knows as they came', () => {
    const queue = realFifo<Pod>();
    queue.add(at('a', 2));
    queue.update(at('a', 3));
    queue.delete(at('known', 4));
    expect(told(queue, storeOf(at('known', 1)))).toBe('Added a@2 Updated a@3 Deleted known@4');
  });

  it('keeps a deletion of what is queued and not stored yet', () => {
    const queue = realFifo<Pod>();
    queue.add(at('a', 1));
    queue.delete(at('a', 2));
    expect(told(queue, makeStore<Pod>())).toBe('Added a@1 Deleted a@2');
  });

  it('refuses an object without a key, and is what it was', () => {
    const queue = realFifo<Pod>();
    const nameless = { ...pod('a'), metadata: {} } as unknown as Pod;
    queue.add(at('a', 1));
    for (const write of [
      () => queue.add(nameless),
      () => queue.update({} as Pod),
      () => queue.delete(null as unknown as Pod),
      () => queue.replace([at('b', 1), nameless], '2'),
    ]) {
      expect(write).toThrow(expect.objectContaining({ name: 'QueueError', reason: 'MalformedObject' }));
    }
    expect(() => queue.add(nameless)).toThrow('not queued: cannot key an object without metadata.name');
    queue.add(at('c', 1));
    expect(deltaWords(drained(queue))).toBe('+a@1 +c@1');
  });

  describe('with a complete state', () => {
    it('queues one entry for each, after what came before, and bookmarks apart', () => {
      const queue = realFifo<Pod>();
      queue.add(at('a', 1));
      queue.replace([at('a', 2), at('b', 2)], '2');
      queue.next({ type: 'Bookmark', resourceVersion: '3' });
      queue.replace([], '4');
      expect(deltaWords(drained(queue))).toBe('+a@1 =[a@2 b@2]@2 Bookmark@3 =[]@4');
      expect(drained(queue)).toEqual([]);
    });

    it('tells the deletions first, then everything that is listed, for each complete state', () => {
      const queue = realFifo<Pod>();
      queue.replace([at('b', 2), at('c', 2)], '2');
      queue.replace([at('c', 2)], '3');
      expect(told(queue, storeOf(at('a', 1), at('b', 1)))).toBe(
        '†a(a@1) Replaced b@2 Replaced c@2 †b(b@2) Replaced c@2',
      );
    });

    it('gives a tombstone what was queued last, else what is stored', () => {
      const queue = realFifo<Pod>();
      queue.update(at('a', 5));
      queue.replace([at('c', 6)], '6');
      expect(told(queue, storeOf(at('a', 1), at('b', 1)))).toMatch(
        /^Updated a@5 (†a\(a@5\) †b\(b@1\)|†b\(b@1\) †a\(a@5\)) Replaced c@6$/,
      );
    });

    it('makes one tombstone of what was only queued, and no more when it comes again', () => {
      const queue = realFifo<Pod>();
      queue.add(at('a', 1));
      for (let turn = 0; turn < 3; turn++) queue.replace([at('b', 2)], '2');
      expect(told(queue, makeStore<Pod>())).toBe('Added a@1 †a(a@1) Replaced b@2 Replaced b@2 Replaced b@2');
    });

    it('makes no tombstone of what was deleted before', () => {
      const queue = realFifo<Pod>();
      queue.delete(at('a', 2));
      queue.replace([], '3');
      expect(told(queue, storeOf(at('a', 1)))).toBe('Deleted a@2');
    });

    it('keeps both where an object was deleted and is listed again', () => {
      const queue = realFifo<Pod>();
      queue.delete(at('a', 2));
      queue.replace([at('a', 3)], '3');
      expect(told(queue, storeOf(at('a', 1)))).toBe('Deleted a@2 Replaced a@3');
    });

    it('takes a new uid under an old key for a deletion and an addition', () => {
      const queue = realFifo<Pod>();
      queue.replace([pod('a', { uid: 'second', version: 3 })], '3');
      expect(told(queue, storeOf(pod('a', { uid: 'first', version: 1 })))).toBe('†a(a@1) Replaced a@3');
    });
  });

  describe('with Sync', () => {
    it('queues one entry, in its place', () => {
      const queue = realFifo<Pod>();
      queue.add(at('a', 1));
      queue.resync();
      queue.add(at('b', 1));
      expect(deltaWords(drained(queue))).toBe('+a@1 SyncAll +b@1');
    });

    it('queues no second one while one waits, however slow the consumer is', () => {
      const queue = realFifo<Pod>();
      for (let count = 0; count < 3; count++) queue.resync();
      queue.add(at('a', 1));
      queue.resync();
      expect(queue.size).toBe(2);
      expect(deltaWords(drained(queue))).toBe('SyncAll +a@1');
      queue.resync();
      expect(deltaWords(drained(queue))).toBe('SyncAll');
    });

    it('means what is known when it is processed: no object that was deleted, none that is stale', () => {
      const queue = realFifo<Pod>();
      queue.delete(at('a', 2));
      queue.update(at('b', 3));
      queue.resync();
      expect(told(queue, storeOf(at('a', 1), at('b', 1), at('c', 1)))).toMatch(
        /^Deleted a@2 Updated b@3 (Sync b@3 Sync c@1|Sync c@1 Sync b@3)$/,
      );
    });
  });

  it('holds objects that were transformed once, in tombstones too', () => {
    const queue = realFifo<Pod>();
    let transformed = 0;
    const mark = (object: Pod): Pod => {
      transformed++;
      return pod(`${object.metadata.name}'`, { version: object.metadata.resourceVersion! });
    };
    const events: CacheEvent<Pod>[] = [
      { type: 'Replaced', objects: [at('a', 1), at('b', 1)], resourceVersion: '1' },
      { type: 'Updated', object: at('a', 2), resourceVersion: '2' },
      { type: 'Sync' },
      { type: 'Replaced', objects: [at('b', 1)], resourceVersion: '3' },
    ];
    of(...events)
      .pipe(
        map((event): CacheEvent<Pod> => {
          if (event.type === 'Replaced') return { ...event, objects: event.objects.map(mark) };
          return 'object' in event ? { ...event, object: mark(event.object) } : event;
        }),
      )
      .subscribe(queue);
    const words = told(queue, makeStore<Pod>());
    expect(words).toContain("Updated a'@2");
    expect(words).toContain("†a'(a'@2) Replaced b'@1");
    expect(words).not.toContain("''");
    expect(transformed).toBe(4);
  });

  describe('has synced', () => {
    const state = (queue: RealFifo<Pod>): boolean => queue.hasSynced$.value;

    it('not before anything is known, and at once with a change before any complete state', () => {
      const queue = realFifo<Pod>();
      queue.next({ type: 'Bookmark', resourceVersion: '1' });
      queue.resync();
      expect(deltaWords(drained(queue))).toBe('Bookmark@1! SyncAll!');
      expect(state(queue)).toBe(false);
      queue.delete(at('a', 1));
      expect(state(queue)).toBe(true);
    });

    it('when an empty complete state has been processed, not before', () => {
      const queue = realFifo<Pod>();
      queue.replace([], '1');
      expect(state(queue)).toBe(false);
      const worker = work(queue);
      expect(state(queue)).toBe(false);
      worker.finish();
      expect(state(queue)).toBe(true);
    });

    it('when the first complete state has been processed with its deletions, and what was queued before it', () => {
      const queue = realFifo<Pod>();
      const store = storeOf(at('gone', 1));
      queue.next({ type: 'Bookmark', resourceVersion: '1' });
      queue.replace([at('a', 2), at('a', 2)], '2');
      queue.add(at('b', 3));
      const worker = work(queue);
      worker.finish();
      expect(deltaWords(worker.active)).toBe('=[a@2 a@2]@2!');
      expect(expandDelta(worker.active[0]!.delta, store).map(word)).toEqual(['†gone(gone@1)', 'Replaced a@2']);
      expect(state(queue)).toBe(false);
      worker.finish();
      expect(state(queue)).toBe(true);
      expect(deltaWords(worker.active)).toBe('+b@3');
    });
  });

  describe('with concurrency', () => {
    it('starts in order, and never two of one key at once', () => {
      const queue = realFifo<Pod>();
      const worker = work(queue, { concurrency: 3 });
      queue.add(at('a', 1));
      queue.add(at('b', 1));
      queue.update(at('a', 2));
      queue.add(at('c', 1));
      expect(deltaWords(worker.active)).toBe('+a@1 +b@1');
      worker.finish(1);
      expect(deltaWords(worker.active)).toBe('+a@1');
      worker.finish(0);
      expect(deltaWords(worker.active)).toBe('~a@2 +c@1');
    });

    it('processes what concerns all keys alone', () => {
      for (const concernsAll of [
        { type: 'Replaced', objects: [], resourceVersion: '9' },
        { type: 'Sync' },
        { type: 'Bookmark', resourceVersion: '9' },
      ] satisfies CacheEvent<Pod>[]) {
        const queue = realFifo<Pod>();
        const worker = work(queue, { concurrency: 9 });
        queue.add(at('a', 1));
        queue.add(at('b', 1));
        queue.next(concernsAll);
        queue.add(at('c', 1));
        worker.finish(0);
        expect(deltaWords(worker.active)).toBe('+b@1');
        worker.finish(0);
        expect(worker.active).toHaveLength(1);
        worker.finish(0);
        expect(deltaWords(worker.active)).toBe('+c@1');
      }
    });
  });
});
