import { describe, expect, it } from 'vitest';
import { type ReflectorSink, store as makeStore } from 'kuberx';
import { fifo, type Fifo } from 'kuberx/queue';
import { type Pod, pod } from '../store/pods.ts';
import { drained, fifoWords, work } from './worker.ts';

const at = (name: string, version: number): Pod => pod(name, { version });

describe('Fifo', () => {
  it('takes the events of a reflector', () => {
    const queue = fifo<Pod>();
    const sink: ReflectorSink<Pod> = queue;
    sink.next({ type: 'Requested', phase: 'listing' });
    sink.next({ type: 'Replaced', objects: [at('a', 1), at('b', 2)], resourceVersion: '2' });
    sink.next({ type: 'Bookmark', resourceVersion: '3' });
    sink.next({ type: 'Added', object: at('c', 4), resourceVersion: '4' });
    sink.next({ type: 'Updated', object: at('a', 5), resourceVersion: '5' });
    sink.next({ type: 'Deleted', object: at('b', 6), resourceVersion: '6' });
    sink.next({ type: 'Sync' });
    expect(queue.size).toBe(2);
    expect(queue.list()).toEqual([at('a', 5), at('c', 4)]);
    expect(queue.listKeys()).toEqual(['default/a', 'default/c']);
    expect(queue.getByKey('default/a')).toEqual(at('a', 5));
    expect(queue.getByKey('default/b')).toBeUndefined();
    expect(fifoWords(drained(queue))).toBe('a@5! c@4');
    expect(queue.size).toBe(0);
  });

  it('keeps the order of each of its producers', () => {
    const queue = fifo<Pod>();
    for (let index = 0; index < 100; index++) {
      queue.add(pod(`a${index}`));
      queue.add(pod(`b${index}`));
    }
    const keys = drained(queue).map(({ key }) => key);
    for (const producer of ['a', 'b']) {
      const expected = Array.from({ length: 100 }, (_, index) => `default/${producer}${index}`);
      expect(keys.filter((key) => key.startsWith(`default/${producer}`))).toEqual(expected);
    }
    expect(keys).toHaveLength(200);
  });

  it('gives the latest object of a key, once', () => {
    const queue = fifo<Pod>();
    queue.add(at('a', 1));
    queue.update(at('a', 2));
    expect(fifoWords(drained(queue))).toBe('a@2');
    expect(queue.getByKey('default/a')).toBeUndefined();
    expect(drained(queue)).toEqual([]);
  });

  it('lets Replaced supersede what is queued, in the order of the list, the last of a key', () => {
    const queue = fifo<Pod>();
    queue.add(at('a', 1));
    queue.add(at('gone', 1));
    queue.replace([at('b', 2), at('a', 3), at('b', 4)], '4');
    expect(fifoWords(drained(queue))).toBe('b@4 a@3');
  });

  it('lets nobody jump the line', () => {
    const queue = fifo<Pod>();
    for (const name of ['a', 'b', 'c']) queue.add(at(name, 1));
    const worker = work(queue);
    queue.update(at('c', 2));
    queue.add(at('a', 2));
    queue.delete(at('b', 2));
    queue.add(at('b', 3));
    for (let turn = 0; turn < 4; turn++) worker.finish();
    expect(fifoWords(worker.started)).toBe('a@1 b@3 c@2 a@2');
  });

  it('does not hand out what was deleted', () => {
    const queue = fifo<Pod>();
    queue.add(at('a', 1));
    queue.add(at('b', 1));
    queue.delete(at('a', 2));
    queue.delete(at('unknown', 2));
    expect(queue.size).toBe(1);
    expect(fifoWords(drained(queue))).toBe('b@1');
  });

  it('gives a place that the line has passed without its object to nobody', () => {
    const queue = fifo<Pod>();
    queue.add(at('a', 1));
    queue.add(at('b', 1));
    queue.delete(at('a', 2));
    const worker = work(queue);
    queue.add(at('c', 1));
    queue.add(at('a', 3));
    for (let turn = 0; turn < 3; turn++) worker.finish();
    expect(fifoWords(worker.started)).toBe('b@1 c@1 a@3');
  });

  it('never processes two of one key at once, and lets the others go ahead', () => {
    const queue = fifo<Pod>();
    const worker = work(queue, { concurrency: 2 });
    queue.add(at('a', 1));
    queue.add(at('a', 2));
    queue.add(at('b', 1));
    queue.add(at('c', 1));
    expect(fifoWords(worker.active)).toBe('a@1 b@1');
    queue.update(at('a', 3));
    worker.finish(0);
    expect(fifoWords(worker.active)).toBe('b@1 a@3');
    worker.finish(0);
    expect(fifoWords(worker.active)).toBe('a@3 c@1');
  });

  it('queues on Sync what a store has and the line has not', () => {
    const store = makeStore<Pod>();
    store.replace([at('a', 1), at('b', 1), at('c', 1)], '1');
    const queue = fifo<Pod>({ known: store });
    queue.add(at('b', 2));
    queue.add(at('c', 2));
    queue.delete(at('c', 3));
    queue.resync();
    expect(fifoWords(drained(queue))).toBe('b@2 a@1');
    queue.resync();
    expect(queue.listKeys().sort()).toEqual(['default/a', 'default/b', 'default/c']);
    const alone = fifo<Pod>();
    alone.resync();
    expect(alone.size).toBe(0);
  });

  describe('has synced', () => {
    const state = (queue: Fifo<Pod>): boolean => queue.hasSynced$.value;

    it('not before anything is known', () => {
      const store = makeStore<Pod>();
      store.add(at('known', 1));
      const queue = fifo<Pod>({ known: store });
      queue.resync();
      queue.next({ type: 'Bookmark', resourceVersion: '1' });
      expect(fifoWords(drained(queue))).toBe('known@1!');
      expect(state(queue)).toBe(false);
    });

    it('at once with an empty complete state, or with a change before any', () => {
      const changes: ((queue: Fifo<Pod>) => void)[] = [
        (queue) => queue.replace([], '1'),
        (queue) => queue.add(at('a', 1)),
        (queue) => queue.update(at('a', 1)),
        (queue) => queue.delete(at('a', 1)),
      ];
      for (const change of changes) {
        const queue = fifo<Pod>();
        change(queue);
        expect(state(queue)).toBe(true);
        queue.replace([at('a', 1)], '1');
        expect(state(queue)).toBe(true);
      }
    });

    it('when the last of the initial items has completed, not when it was taken', () => {
      const queue = fifo<Pod>();
      const heard: boolean[] = [];
      queue.hasSynced$.subscribe((hasSynced) => heard.push(hasSynced));
      queue.replace([at('a', 1), at('b', 1), at('a', 2)], '1');
      queue.add(at('c', 1));
      const worker = work(queue);
      worker.finish();
      expect(fifoWords(worker.active)).toBe('b@1!');
      expect(state(queue)).toBe(false);
      worker.finish();
      expect(heard).toEqual([false, true]);
      worker.finish();
      expect(fifoWords(worker.started)).toBe('a@2! b@1! c@1');
      queue.replace([at('d', 1)], '2');
      expect(heard).toEqual([false, true]);
    });

    it('without those that were deleted before they were taken', () => {
      const queue = fifo<Pod>();
      queue.replace([at('a', 1), at('b', 1)], '1');
      queue.delete(at('a', 2));
      queue.delete(at('b', 2));
      expect(drained(queue)).toEqual([]);
      expect(state(queue)).toBe(true);
    });

    it('though a later item is done earlier', () => {
      const queue = fifo<Pod>();
      queue.replace([at('a', 1), at('b', 1)], '1');
      queue.add(at('c', 1));
      const worker = work(queue, { concurrency: 3 });
      expect(fifoWords(worker.active)).toBe('a@1! b@1! c@1');
      worker.finish(2);
      worker.finish(0);
      expect(state(queue)).toBe(false);
      worker.finish(0);
      expect(state(queue)).toBe(true);
    });

    it('though the second complete state has less than was left of the first', () => {
      const queue = fifo<Pod>();
      queue.replace([at('a', 1), at('b', 1), at('c', 1)], '1');
      const worker = work(queue);
      queue.replace([at('d', 1)], '2');
      worker.finish();
      expect(state(queue)).toBe(false);
      worker.finish();
      expect(fifoWords(worker.started)).toBe('a@1! d@1!');
      expect(state(queue)).toBe(true);
    });

    it('as many items later as the first complete state had, whatever the second one has', () => {
      const queue = fifo<Pod>();
      queue.replace([at('a', 1), at('b', 1)], '1');
      queue.replace([at('c', 1), at('d', 1), at('e', 1)], '2');
      expect(fifoWords(drained(queue))).toBe('c@1! d@1! e@1');
    });
  });
});
