import { EMPTY, from, mergeMap } from 'rxjs';
import { Fifo } from '#src/queue/fifo.ts';
import { Heap } from '#src/queue/heap.ts';
import type { Queue, QueueItem } from '#src/queue/queue.ts';
import { RealFifo } from '#src/queue/real-fifo.ts';
import { nanoseconds } from './measure.ts';
import { type BenchPod, podKey, smallPod } from './pod.ts';
import { type Section, times } from './section.ts';

/** Each object is added and processed, next to the plainest structures that hold it, and to RxJS's own flattening. */
export function queues(sizes: readonly number[]): Section {
  const rows = sizes.map((size) => {
    const pods = Array.from({ length: size }, (_, index) => smallPod(index, 1, 'worker-1'));
    const keys = pods.map((_, index) => podKey(index));
    // The order in which a heap gets them is not the one in which it gives them back.
    const values = pods.map((object, index) => ({ key: keys[index]!, due: (index * 7919) % size, object }));
    const measured = nanoseconds(
      [
        { name: 'array', operations: size, run: () => throughArray(pods) },
        { name: 'mergeMap', operations: size, run: () => throughMergeMap(pods) },
        { name: 'RealFifo', operations: size, run: () => throughQueue(new RealFifo<BenchPod>(), pods) },
        { name: 'Map', operations: size, run: () => throughMap(pods, keys) },
        { name: 'Fifo', operations: size, run: () => throughQueue(new Fifo<BenchPod>(), pods) },
        { name: 'sort', operations: size, run: () => void values.toSorted((a, b) => a.due - b.due) },
        { name: 'Heap', operations: size, run: () => throughHeap(values) },
      ],
      size > 100_000 ? 3 : 11,
    );
    const of = (name: string): number => measured.get(name)!;
    const against = (name: string, floor: string): string => `${of(name).toFixed(0)} (${times(of(name) / of(floor))})`;
    return [
      size,
      of('array').toFixed(0),
      of('mergeMap').toFixed(0),
      against('RealFifo', 'mergeMap'),
      of('Map').toFixed(0),
      against('Fifo', 'mergeMap'),
      of('sort').toFixed(0),
      against('Heap', 'sort'),
    ];
  });
  return {
    title: 'queues: add and process, ns for each object (ratio to mergeMap over an array; of Heap, to sorting one)',
    columns: ['objects', 'array', 'array, mergeMap', 'RealFifo', 'Map', 'Fifo', 'array, sorted', 'Heap'],
    rows,
    verdicts: [],
  };
}

function throughQueue<Item extends QueueItem>(queue: Queue<BenchPod, Item>, pods: readonly BenchPod[]): void {
  for (const object of pods) queue.add(object);
  let count = 0;
  queue
    .process(() => {
      count++;
      return EMPTY;
    })
    .subscribe();
  expectAll(count, pods);
}

function throughArray(pods: readonly BenchPod[]): void {
  const line: BenchPod[] = [];
  for (const object of pods) line.push(object);
  let count = 0;
  for (const object of line) if (object.kind === 'Pod') count++;
  expectAll(count, pods);
}

function throughMergeMap(pods: readonly BenchPod[]): void {
  const line: BenchPod[] = [];
  for (const object of pods) line.push(object);
  let count = 0;
  from(line)
    .pipe(
      mergeMap(() => {
        count++;
        return EMPTY;
      }),
    )
    .subscribe();
  expectAll(count, pods);
}

function throughMap(pods: readonly BenchPod[], keys: readonly string[]): void {
  const line = new Map<string, BenchPod>();
  pods.forEach((object, index) => line.set(keys[index]!, object));
  let count = 0;
  for (const key of line.keys()) if (line.delete(key)) count++;
  expectAll(count, pods);
}

function throughHeap(values: readonly { readonly key: string; readonly due: number }[]): void {
  const heap = new Heap<(typeof values)[number]>({ key: ({ key }) => key, less: (a, b) => a.due < b.due });
  for (const value of values) heap.add(value);
  let count = 0;
  while (heap.pop() !== undefined) count++;
  expectAll(count, values);
}

function expectAll(count: number, given: readonly unknown[]): void {
  if (count !== given.length) throw new Error(`${count} of ${given.length} came out`);
}
