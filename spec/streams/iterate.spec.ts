import { describe, expect, it } from 'vitest';
import { fifo, realFifo } from 'kuberx/queue';
import { type Pod, pod } from '../store/pods.ts';
import { deltaWords, drained, fifoWords, work } from '../queue/worker.ts';

const at = (name: string, version: number): Pod => pod(name, { version });

describe('for await', () => {
  it('hands out the items in order, and ends when the queue is closed and empty', async () => {
    const queue = realFifo<Pod>();
    queue.add(at('a', 1));
    queue.update(at('a', 2));
    queue.close();
    const heard = [];
    for await (const item of queue) {
      heard.push(item);
      if (heard.length === 1) queue.delete(at('a', 3));
    }
    expect(deltaWords(heard)).toBe('+a@1 ~a@2 -a@3');
  });

  it('takes an item when it is asked for, and is done with it when the next one is', async () => {
    const queue = fifo<Pod>();
    queue.replace([at('a', 1), at('b', 1)], '1');
    const items = queue[Symbol.asyncIterator]();
    expect(queue.size).toBe(2);
    await items.next();
    expect([queue.size, queue.hasSynced$.value]).toEqual([1, false]);
    await items.next();
    expect([queue.size, queue.hasSynced$.value]).toEqual([0, false]);
    const third = items.next();
    expect(queue.hasSynced$.value).toBe(true);
    queue.add(at('c', 1));
    expect((await third).value).toMatchObject({ key: 'default/c', isInInitialList: false });
  });

  it('keeps the key of its item to itself until it is done', async () => {
    const queue = fifo<Pod>();
    queue.add(at('a', 1));
    const worker = work(queue, { concurrency: 5 });
    worker.finish();
    worker.subscription.unsubscribe();
    queue.add(at('a', 2));
    for await (const { object } of queue) {
      expect(object).toEqual(at('a', 2));
      queue.add(at('a', 3));
      queue.add(at('b', 1));
      expect(fifoWords(drained(queue))).toBe('b@1');
      expect(queue.listKeys()).toEqual(['default/a']);
      break;
    }
    expect(fifoWords(drained(queue))).toBe('a@3');
  });

  it('is done with its item when it is left, also by an error', async () => {
    const queue = realFifo<Pod>();
    queue.replace([], '1');
    queue.resync();
    const left = async (): Promise<void> => {
      for await (const { delta } of queue) throw new Error(delta.type);
    };
    await expect(left()).rejects.toThrow('ReplacedAll');
    expect(queue.hasSynced$.value).toBe(true);
    expect(deltaWords(drained(queue))).toBe('SyncAll');
  });

  it('gives each of several loops its items, and ends all that wait when the queue is closed', async () => {
    const queue = fifo<Pod>();
    const heard: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const { key } of queue) {
        heard.push(key);
        await Promise.resolve();
      }
    };
    const loops = Array.from({ length: 10 }, loop);
    const keys = Array.from({ length: 100 }, (_, index) => `default/p${index}`);
    for (const key of keys) queue.add(pod(key.slice('default/'.length)));
    queue.close();
    await Promise.all(loops);
    expect(heard.toSorted()).toEqual(keys.toSorted());
    expect(queue.size).toBe(0);
  });

  it('answers in order where more is asked for than there is', async () => {
    const queue = fifo<Pod>();
    const items = queue[Symbol.asyncIterator]();
    const answers = Array.from({ length: 4 }, () => items.next());
    for (const name of ['a', 'b', 'c']) queue.add(at(name, 1));
    queue.close();
    const heard = await Promise.all(answers);
    expect(heard.map(({ done, value }) => (done === true ? 'end' : value.key))).toEqual([
      'default/a',
      'default/b',
      'default/c',
      'end',
    ]);
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  it('can be left while it waits, and takes nothing any more', async () => {
    const queue = fifo<Pod>();
    const items = queue[Symbol.asyncIterator]();
    const waiting = items.next();
    expect(await items.return!()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    queue.add(at('a', 1));
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(queue.size).toBe(1);
  });
});
