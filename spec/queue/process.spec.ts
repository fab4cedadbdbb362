import { EMPTY, filter, NEVER, of, range, Subject, take, takeUntil, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { fifo, type Fifo, type FifoItem, QueueError, realFifo } from 'kuberx/queue';
import { reported } from '../reported.ts';
import { type Pod, pod } from '../store/pods.ts';
import { deltaWords, drained, fifoWords, work } from './worker.ts';

const at = (name: string, version: number): Pod => pod(name, { version });

function fifoOf(...names: readonly string[]): Fifo<Pod> {
  const queue = fifo<Pod>();
  for (const name of names) queue.add(at(name, 1));
  return queue;
}

describe('process', () => {
  it('leaves to the next consumer what is added as the last one ends', () => {
    const closed = fifo<Pod>();
    closed.process(() => NEVER).subscribe({ complete: () => closed.add(at('late', 1)) });
    closed.close();
    expect(fifoWords(drained(closed))).toBe('late@1');

    const failed = fifo<Pod>();
    failed.add(at('a', 1));
    const failure$ = new Subject<never>();
    failed.process(() => failure$, { concurrency: 2 }).subscribe({ error: () => failed.add(at('b', 1)) });
    failure$.error(new Error('no'));
    expect(fifoWords(drained(failed))).toBe('b@1');
  });

  it('takes nothing before it is subscribed to, and no more than there is room for', () => {
    const queue = fifoOf('a', 'b', 'c', 'd');
    const started: string[] = [];
    const processed$ = queue.process(({ key }) => {
      started.push(key);
      return NEVER;
    });
    expect([started.length, queue.size]).toEqual([0, 4]);
    const subscription = processed$.subscribe();
    expect([started.length, queue.size]).toEqual([1, 3]);
    subscription.unsubscribe();
    expect(work(queue, { concurrency: 2 }).active).toHaveLength(2);
    expect(queue.size).toBe(1);
  });

  it('emits what the Observables emit, of whatever kind they are', async () => {
    const queue = fifoOf('a', 'b', 'c');
    queue.close();
    const kinds = [of(1, 2), Promise.resolve(3), [4]];
    const heard: number[] = [];
    await queue.process(() => kinds.shift()!).forEach((value) => heard.push(value));
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  it('delivers a write to a consumer that waits', () => {
    const queue = fifo<Pod>();
    const worker = work(queue);
    queue.add(at('a', 1));
    expect(fifoWords(worker.active)).toBe('a@1');
  });

  it('gives each item to one of its consumers', () => {
    const queue = fifoOf('a', 'b', 'c', 'd');
    const [first, second] = [work(queue), work(queue)];
    second.finish();
    queue.add(at('a', 2));
    queue.add(at('e', 1));
    second.finish();
    expect([fifoWords(first.started), fifoWords(second.started)]).toEqual(['a@1', 'b@1 c@1 d@1']);
    second.finish();
    expect(fifoWords(second.active)).toBe('e@1');
    first.finish();
    expect(fifoWords(first.active)).toBe('a@2');
  });

  it('wakes a consumer that waits for a key which another one has in process', () => {
    const queue = realFifo<Pod>();
    const [first, second] = [work(queue), work(queue, { concurrency: 5 })];
    queue.add(at('a', 1));
    queue.update(at('a', 2));
    expect(second.active).toEqual([]);
    queue.add(at('b', 1));
    first.subscription.unsubscribe();
    expect(deltaWords(second.active)).toBe('~a@2 +b@1');
  });

  it('processes a million items that are done as they start, and what is written meanwhile', () => {
    const queue = realFifo<Pod>();
    const pods = [at('a', 1), at('b', 1)];
    for (let index = 0; index < 999_000; index++) queue.add(pods[index & 1]!);
    let [count, refills] = [0, 1000];
    queue
      .process(() => {
        count++;
        if (refills-- > 0) queue.add(pods[0]!);
        return EMPTY;
      })
      .subscribe();
    expect(count).toBe(1_000_000);
    expect(queue.size).toBe(0);
  });

  it('gives up what is in process when it is unsubscribed: gone, and its key is free', () => {
    const queue = fifo<Pod>();
    queue.replace([at('a', 1), at('b', 1), at('c', 1)], '1');
    const worker = work(queue, { concurrency: 2 });
    queue.add(at('a', 2));
    worker.subscription.unsubscribe();
    expect(worker.active).toEqual([]);
    expect(worker.hasCompleted()).toBe(false);
    expect(queue.hasSynced$.value).toBe(false);
    expect(fifoWords(drained(queue))).toBe('c@1! a@2');
    expect(queue.hasSynced$.value).toBe(true);
  });

  it('stops an Observable that would never stop, where its consumer has enough', () => {
    const queue = fifoOf('a', 'b');
    const heard: number[] = [];
    queue
      .process(() => range(0, Infinity))
      .pipe(take(3))
      .subscribe((value) => heard.push(value));
    expect(heard).toEqual([0, 1, 2]);
    expect(fifoWords(drained(queue))).toBe('b@1');
  });

  it('takes numbers from 1 on for its concurrency', () => {
    const queue = fifoOf('a', 'b', 'c');
    for (const concurrency of [0, -1, Number.NaN]) {
      expect(() => queue.process(() => EMPTY, { concurrency })).toThrow(RangeError);
    }
    expect(work(queue, { concurrency: Infinity }).active).toHaveLength(3);
  });

  describe('of an item that fails', () => {
    it('tells the handler and goes on; the item is gone, and counts as done', () => {
      const queue = fifo<Pod>();
      queue.replace([at('a', 1), at('b', 1), at('c', 1)], '1');
      const causes = [new Error('first'), new Error('second')];
      const told: [QueueError, FifoItem<Pod>][] = [];
      const started: string[] = [];
      queue
        .process(
          ({ key }) => {
            started.push(key);
            if (key === 'default/a') throw causes[0]!;
            return key === 'default/b' ? throwError(() => causes[1]) : EMPTY;
          },
          { onError: (error, item) => told.push([error, item]) },
        )
        .subscribe();
      expect(started).toEqual(['default/a', 'default/b', 'default/c']);
      expect(told.map(([{ reason, cause }, { key }]) => [reason, cause, key])).toEqual([
        ['ProcessFailed', causes[0], 'default/a'],
        ['ProcessFailed', causes[1], 'default/b'],
      ]);
      expect(queue.size).toBe(0);
      expect(queue.hasSynced$.value).toBe(true);
    });

    it('ends with a typed error where there is no handler, and leaves the rest to the next consumer', () => {
      const queue = realFifo<Pod>();
      for (const name of ['a', 'b', 'c']) queue.add(at(name, 1));
      const worker = work(queue, { concurrency: 2 });
      worker.fail('a reason', 1);
      expect(worker.error()).toBeInstanceOf(QueueError);
      expect(worker.error()).toMatchObject({
        reason: 'ProcessFailed',
        message: 'processing Added default/b failed, it is not queued again: a reason',
        cause: 'a reason',
      });
      expect(worker.active).toEqual([]);
      expect(deltaWords(drained(queue))).toBe('+c@1');
    });

    it('ends with what the handler throws', () => {
      const queue = fifoOf('a', 'b');
      const thrown = new Error('from the handler');
      const worker = work(queue, {
        onError: () => {
          throw thrown;
        },
      });
      worker.fail(new Error('first'));
      expect(worker.error()).toBe(thrown);
      expect(queue.size).toBe(1);
    });

    it('frees its key', () => {
      const queue = fifoOf('a');
      const worker = work(queue, { onError: () => undefined });
      queue.add(at('a', 2));
      worker.fail(new Error('first'));
      expect(fifoWords(worker.active)).toBe('a@2');
    });

    it('is not disturbed by a subscriber that throws', async () => {
      const queue = fifoOf('a', 'b');
      const started: string[] = [];
      const errors = await reported(() =>
        queue
          .process(({ key }) => {
            started.push(key);
            return of(key);
          })
          .subscribe((key) => {
            throw new Error(key);
          }),
      );
      expect(started).toEqual(['default/a', 'default/b']);
      expect(errors).toEqual([new Error('default/a'), new Error('default/b')]);
    });
  });

  describe('of a closed queue', () => {
    it('goes on until it is empty, and completes when the last item is done', () => {
      const queue = fifoOf('a', 'b');
      queue.close();
      expect(queue.isClosed).toBe(true);
      const worker = work(queue);
      worker.finish();
      expect(fifoWords(worker.active)).toBe('b@1');
      expect(worker.hasCompleted()).toBe(false);
      worker.finish();
      expect(worker.hasCompleted()).toBe(true);
    });

    it('completes all who wait', () => {
      const queue = fifo<Pod>();
      const workers = Array.from({ length: 10 }, () => work(queue));
      expect(workers.some((worker) => worker.hasCompleted())).toBe(false);
      queue.close();
      queue.close();
      expect(workers.every((worker) => worker.hasCompleted())).toBe(true);
      expect(work(queue).hasCompleted()).toBe(true);
    });

    it('still takes writes', () => {
      const queue = fifoOf('a');
      const worker = work(queue);
      queue.close();
      queue.add(at('b', 1));
      worker.finish();
      expect(fifoWords(worker.active)).toBe('b@1');
      worker.finish();
      expect(worker.hasCompleted()).toBe(true);
      queue.add(at('c', 1));
      expect(queue.size).toBe(1);
      expect(fifoWords(drained(queue))).toBe('c@1');
    });

    it('waits for a key that another consumer has in process', () => {
      const queue = fifoOf('a');
      const [first, second] = [work(queue), work(queue)];
      queue.add(at('a', 2));
      queue.close();
      expect(second.hasCompleted()).toBe(false);
      first.subscription.unsubscribe();
      expect(fifoWords(second.active)).toBe('a@2');
      second.finish();
      expect(second.hasCompleted()).toBe(true);
    });
  });

  describe('beside subscribers of hasSynced$', () => {
    it('survives one that writes', () => {
      const queue = fifo<Pod>();
      queue.replace([at('a', 1), at('b', 1)], '1');
      queue.hasSynced$.subscribe((hasSynced) => {
        if (hasSynced) queue.replace([at('d', 1), at('e', 1)], '2');
      });
      const worker = work(queue);
      worker.finish();
      queue.add(at('c', 1));
      worker.finish();
      worker.finish();
      worker.finish();
      expect(fifoWords(worker.started)).toBe('a@1! b@1! d@1 e@1');
      expect([worker.active.length, queue.size]).toEqual([0, 0]);
    });

    it('survives one that writes as the last initial objects are found deleted', () => {
      const queue = fifo<Pod>();
      queue.replace([at('a', 1), at('b', 1)], '1');
      queue.delete(at('a', 2));
      queue.delete(at('b', 2));
      queue.add(at('c', 1));
      queue.hasSynced$.subscribe((hasSynced) => {
        if (hasSynced) queue.replace([at('c', 2), at('d', 1)], '2');
      });
      const worker = work(queue);
      worker.finish();
      worker.finish();
      worker.finish();
      expect(fifoWords(worker.started)).toBe('c@1 c@2 d@1');
      expect([worker.active.length, queue.size]).toEqual([0, 0]);
    });

    it('gives its item up where one ends the consumer', () => {
      const queue = fifo<Pod>();
      queue.replace([at('a', 1)], '1');
      queue.delete(at('a', 2));
      queue.add(at('c', 1));
      const started: string[] = [];
      queue
        .process(({ key }) => {
          started.push(key);
          return NEVER;
        })
        .pipe(takeUntil(queue.hasSynced$.pipe(filter(Boolean))))
        .subscribe();
      expect(started).toEqual(['default/c']);
      queue.add(at('c', 2));
      expect(fifoWords(drained(queue))).toBe('c@2');
    });
  });
});
