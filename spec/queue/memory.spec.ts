import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fifo, heap as makeHeap, realFifo } from 'kuberx/queue';
import { Line } from '#src/streams/line.ts';
import { type Pod, pod } from '../store/pods.ts';
import { work } from './worker.ts';

setFlagsFromString('--expose-gc');

const collectGarbage = runInNewContext('gc') as () => void;

async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  // A reference is held strongly until the turn that looked at it ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  return reference.deref() === undefined;
}

/** Puts a first value and ten others in, takes the first one out, and watches it. */
function takenFrom(add: (value: Pod) => void, takeFirst: () => void): WeakRef<object> {
  const first = pod('first');
  add(first);
  for (let index = 0; index < 10; index++) add(pod(`p${index}`));
  takeFirst();
  return new WeakRef(first);
}

describe('what has left', () => {
  it('a Line is not held', async () => {
    const line = new Line<Pod>();
    const reference = takenFrom(
      (value) => line.push(value),
      () => line.shift(),
    );
    expect(await isCollected(reference)).toBe(true);
    expect(line.length).toBe(10);
  });

  it('a Fifo or a RealFifo is not held', async () => {
    for (const queue of [fifo<Pod>(), realFifo<Pod>()]) {
      const reference = takenFrom(
        (value) => queue.add(value),
        () => {
          let count = 0;
          const subscription = queue.process(() => (count++ === 0 ? [] : new Promise(() => undefined))).subscribe();
          subscription.unsubscribe();
        },
      );
      expect(await isCollected(reference)).toBe(true);
      expect(queue.size).toBe(9);
    }
  });

  it('a Heap is not held', async () => {
    const heap = makeHeap<Pod>({ key: ({ metadata }) => metadata.name, less: (a) => a.metadata.name === 'first' });
    const reference = takenFrom(
      (value) => heap.add(value),
      () => heap.pop(),
    );
    expect(await isCollected(reference)).toBe(true);
    expect(heap.size).toBe(10);
  });

  it('a Fifo, deleted while nobody took it, leaves no key behind', () => {
    const queue = fifo<Pod>();
    const worker = work(queue);
    queue.add(pod('stalled'));
    queue.add(pod('waiting'));
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 200_000; index++) {
      const object = pod(`p${index}`);
      queue.add(object);
      queue.delete(object);
    }
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2 * 1024 * 1024);
    worker.finish();
    expect(worker.active.map(({ key }) => key)).toEqual(['default/waiting']);
  });
});
