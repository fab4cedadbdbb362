import { EMPTY, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { fifo, realFifo, type RealFifo, type RealFifoItem } from 'kuberx/queue';
import { type Pod, pod } from '../store/pods.ts';
import { deltaWords, fifoWords } from './worker.ts';

const at = (name: string, version: number): Pod => pod(name, { version });

function batches(queue: RealFifo<Pod>, size?: number): string[] {
  const heard: string[] = [];
  queue
    .processBatches(
      (items) => {
        heard.push(deltaWords(items));
        return EMPTY;
      },
      size === undefined ? {} : { size },
    )
    .subscribe()
    .unsubscribe();
  return heard;
}

describe('processBatches', () => {
  it('ends a batch at its size, 1000 by default', () => {
    const queue = realFifo<Pod>();
    for (const name of ['a', 'b', 'c', 'd', 'e']) queue.add(at(name, 1));
    expect(batches(queue, 2)).toEqual(['+a@1 +b@1', '+c@1 +d@1', '+e@1']);
    for (let index = 0; index < 2500; index++) queue.add(pod(`p${index}`));
    expect(batches(queue).map((words) => words.split(' ').length)).toEqual([1000, 1000, 500]);
    for (const size of [0, -1, Number.NaN])
      expect(() => queue.processBatches(() => EMPTY, { size })).toThrow(RangeError);
  });

  it('ends a batch before a key that it has already', () => {
    const queue = realFifo<Pod>();
    queue.add(at('a', 1));
    queue.add(at('b', 1));
    queue.delete(at('a', 2));
    queue.add(at('a', 3));
    expect(batches(queue)).toEqual(['+a@1 +b@1', '-a@2', '+a@3']);
  });

  it('hands out alone what concerns all keys', () => {
    const queue = realFifo<Pod>();
    queue.add(at('a', 1));
    queue.replace([at('b', 1)], '1');
    queue.replace([at('b', 1)], '2');
    queue.next({ type: 'Bookmark', resourceVersion: '3' });
    queue.resync();
    queue.add(at('c', 1));
    queue.add(at('d', 1));
    expect(batches(queue)).toEqual(['+a@1', '=[b@1]@1', '=[b@1]@2', 'Bookmark@3', 'SyncAll', '+c@1 +d@1']);
  });

  it('never mixes initial items with later ones', () => {
    const queue = fifo<Pod>();
    queue.replace([at('a', 1), at('b', 1), at('c', 1)], '1');
    queue.add(at('d', 1));
    queue.add(at('e', 1));
    queue.delete(at('c', 2));
    const heard: string[] = [];
    const states: boolean[] = [];
    queue
      .processBatches((items) => {
        heard.push(fifoWords(items));
        states.push(queue.hasSynced$.value);
        return EMPTY;
      })
      .subscribe();
    expect(heard).toEqual(['a@1! b@1!', 'd@1 e@1']);
    expect(states).toEqual([false, true]);
  });

  it('processes one batch at a time, whose items are done together', () => {
    const queue = realFifo<Pod>();
    queue.replace([], '1');
    batches(queue);
    const running: Subject<never>[] = [];
    const heard: string[] = [];
    queue
      .processBatches((items: readonly RealFifoItem<Pod>[]) => {
        heard.push(deltaWords(items));
        running.push(new Subject<never>());
        return running.at(-1)!;
      })
      .subscribe();
    for (const name of ['a', 'b', 'c', 'a']) queue.add(at(name, 1));
    expect(heard).toEqual(['+a@1']);
    running[0]!.complete();
    expect(heard).toEqual(['+a@1', '+b@1 +c@1 +a@1']);
    expect(queue.size).toBe(0);
  });

  it('fails together too, and goes on', () => {
    const queue = realFifo<Pod>();
    for (const name of ['a', 'b', 'c', 'a']) queue.add(at(name, 1));
    const heard: string[] = [];
    const failed: string[] = [];
    queue
      .processBatches(
        (items) => {
          heard.push(deltaWords(items));
          if (heard.length === 1) throw new Error('reason');
          return EMPTY;
        },
        { onError: ({ message }, items) => failed.push(`${deltaWords(items)}: ${message}`) },
      )
      .subscribe();
    expect(heard).toEqual(['+a@1 +b@1 +c@1', '+a@1']);
    expect(failed).toEqual([
      '+a@1 +b@1 +c@1: processing Added default/a and 2 more failed, it is not queued again: reason',
    ]);
  });
});
