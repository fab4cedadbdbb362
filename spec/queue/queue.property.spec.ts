import fc from 'fast-check';
import { EMPTY } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { CacheEvent } from 'kuberx';
import {
  fifo,
  type Fifo,
  type FifoItem,
  type Queue,
  type QueueItem,
  realFifo,
  type RealFifo,
  type RealFifoItem,
} from 'kuberx/queue';
import { type Pod, pod } from '../store/pods.ts';
import { deltaWords, drained, fifoWords, nameOf, work } from './worker.ts';

type Step =
  | { readonly verb: 'write'; readonly event: CacheEvent<Pod> }
  | { readonly verb: 'finish' | 'fail'; readonly index: number }
  | { readonly verb: 'close' }
  /** The consumer is unsubscribed, and another one comes. */
  | { readonly verb: 'replaceConsumer'; readonly concurrency: number };

const object = fc
  .record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), version: fc.nat(99) })
  .map(({ name, version }) => pod(name, { version }));
const write = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .record({ type: fc.constantFrom('Added' as const, 'Updated' as const, 'Deleted' as const), object })
      .map((event): CacheEvent<Pod> => ({ ...event, resourceVersion: '1' })),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(object, { maxLength: 8 })
      .map((objects): CacheEvent<Pod> => ({ type: 'Replaced', objects, resourceVersion: '1' })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<CacheEvent<Pod>>(
      { type: 'Sync' },
      { type: 'Bookmark', resourceVersion: '7' },
      { type: 'Requested', phase: 'listing' },
    ),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: write.map((event) => ({ verb: 'write', event }) as const) },
  { weight: 8, arbitrary: fc.nat(3).map((index) => ({ verb: 'finish', index }) as const) },
  { weight: 1, arbitrary: fc.nat(3).map((index) => ({ verb: 'fail', index }) as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map(replaceConsumer) },
  { weight: 1, arbitrary: fc.constant({ verb: 'close' } as const) },
);
const history = fc.tuple(fc.boolean(), fc.array(step, { maxLength: 80, size: 'max' }));

function replaceConsumer(concurrency: number): Step {
  return { verb: 'replaceConsumer', concurrency };
}

interface Waiting {
  /** `undefined`: it concerns all keys. */
  readonly key: string | undefined;
  /** `undefined`: its object was deleted. */
  word: string | undefined;
  isInitial: boolean;
}

/** What the two queues share, in the plainest way: an array of what waits, an array of what is in process. */
abstract class Model {
  waiting: Waiting[] = [];
  active: Waiting[] = [];
  started: string[] = [];
  isPopulated = false;
  isClosed = false;
  unfinished = 0;
  concurrency = 0;
  hasCompleted = false;

  abstract write(event: CacheEvent<Pod>): void;
  /** The index of what may start, -1 for nothing. */
  abstract startable(): number;

  get size(): number {
    return this.waiting.filter(({ word }) => word !== undefined).length;
  }

  get hasSynced(): boolean {
    return this.isPopulated && this.unfinished === 0;
  }

  populate(count: number): void {
    if (this.isPopulated) return;
    this.isPopulated = true;
    this.unfinished = count;
    for (const each of this.waiting.slice(0, count)) each.isInitial = true;
  }

  leave(gone: Waiting): void {
    if (gone.isInitial) this.unfinished--;
  }

  pump(): void {
    if (this.hasCompleted) return;
    while (this.active.length < this.concurrency) {
      const at = this.startable();
      if (at < 0) break;
      const [next] = this.waiting.splice(at, 1);
      this.active.push(next!);
      this.started.push(next!.word! + (next!.isInitial || !this.isPopulated ? '!' : ''));
    }
    if (this.concurrency > 0 && this.isClosed && this.active.length === 0 && this.size === 0) this.hasCompleted = true;
  }
}

/** What a Fifo queues again on Sync. */
const known = [pod('a', { version: 1000 }), pod('d', { version: 1000 }), pod('z', { version: 1000 })];

class FifoModel extends Model {
  override write(event: CacheEvent<Pod>): void {
    if (event.type === 'Sync') {
      for (const each of known) {
        const held = this.waiting.find(({ key }) => key === keyOf(each));
        if (held === undefined) this.waiting.push({ key: keyOf(each), word: nameOf(each), isInitial: false });
      }
      return;
    }
    if (event.type === 'Replaced') {
      const latest = new Map(event.objects.map((each) => [keyOf(each), nameOf(each)]));
      const left = this.waiting.filter(({ isInitial }) => isInitial).length;
      this.waiting = Array.from(latest, ([key, word]) => ({ key, word, isInitial: false }));
      if (this.isPopulated) {
        const count = Math.min(left, this.waiting.length);
        this.unfinished -= left - count;
        for (const each of this.waiting.slice(0, count)) each.isInitial = true;
      } else this.populate(this.waiting.length);
    } else if ('object' in event) {
      const key = keyOf(event.object);
      const held = this.waiting.find((each) => each.key === key);
      if (event.type !== 'Deleted' && held === undefined)
        this.waiting.push({ key, word: nameOf(event.object), isInitial: false });
      else if (held !== undefined) held.word = event.type === 'Deleted' ? undefined : nameOf(event.object);
      this.populate(0);
    }
  }

  override startable(): number {
    const busy = this.active.map(({ key }) => key);
    for (let at = 0; at < this.waiting.length; at++) {
      const each = this.waiting[at]!;
      if (each.word === undefined) {
        this.leave(each);
        this.waiting.splice(at--, 1);
      } else if (!busy.includes(each.key)) return at;
    }
    return -1;
  }
}

class RealFifoModel extends Model {
  override write(event: CacheEvent<Pod>): void {
    const push = (key: string | undefined, word: string): void => {
      this.waiting.push({ key, word, isInitial: false });
    };
    if (event.type === 'Replaced') {
      push(undefined, `=[${event.objects.map(nameOf).join(' ')}]@1`);
      this.populate(this.waiting.length);
    } else if (event.type === 'Sync') {
      if (!this.waiting.some(({ word }) => word === 'SyncAll')) push(undefined, 'SyncAll');
    } else if (event.type === 'Bookmark') push(undefined, 'Bookmark@7');
    else if ('object' in event) {
      push(keyOf(event.object), { Added: '+', Updated: '~', Deleted: '-' }[event.type] + nameOf(event.object));
      this.populate(0);
    }
  }

  override startable(): number {
    const [head] = this.waiting;
    const isBlocked = (each: Waiting): boolean => each.key === undefined || each.key === head?.key;
    if (head === undefined || this.active.some(isBlocked)) return -1;
    return head.key === undefined && this.active.length > 0 ? -1 : 0;
  }
}

const keyOf = ({ metadata }: Pod): string => metadata.name;

/** Plays a history against a queue and its model, and compares all that can be seen after each step. */
function play<Item extends QueueItem>(
  queue: Queue<Pod, Item>,
  model: Model,
  words: (items: readonly Item[]) => string,
  steps: readonly Step[],
): Model {
  const heard: boolean[] = [];
  queue.hasSynced$.subscribe((hasSynced) => heard.push(hasSynced));
  let worker = work(queue, { concurrency: 1, onError: () => undefined });
  worker.subscription.unsubscribe();
  const started: Item[] = [];
  for (const each of steps) {
    switch (each.verb) {
      case 'write':
        queue.next(each.event);
        model.write(each.event);
        break;
      case 'finish':
      case 'fail': {
        const at = each.index % Math.max(1, model.active.length);
        const [done] = model.active.splice(at, 1);
        if (done === undefined) break;
        if (each.verb === 'finish') worker.finish(at);
        else worker.fail(new Error('on purpose'), at);
        model.leave(done);
        break;
      }
      case 'close':
        queue.close();
        model.isClosed = true;
        break;
      case 'replaceConsumer':
        started.push(...worker.started);
        worker.subscription.unsubscribe();
        model.active.splice(0).forEach((gone) => model.leave(gone));
        worker = work(queue, { concurrency: each.concurrency, onError: () => undefined });
        model.concurrency = each.concurrency;
        model.hasCompleted = false;
    }
    model.pump();
    expect(words([...started, ...worker.started])).toBe(model.started.join(' '));
    expect(worker.active).toHaveLength(model.active.length);
    expect(queue.size).toBe(model.size);
    expect(worker.hasCompleted()).toBe(model.hasCompleted);
    expect(heard).toEqual(model.hasSynced ? [false, true] : [false]);
  }
  return model;
}

describe('over random histories of writes, completions, failures, closings and consumers', () => {
  it('a Fifo equals its model', () => {
    let [starts, waits, syncs] = [0, 0, 0];
    fc.assert(
      fc.property(history, ([isConsumed, steps]) => {
        const queue = fifo<Pod>({ known: { list: () => known } });
        const model = play(queue, new FifoModel(), fifoWords, isConsumed ? [replaceConsumer(2), ...steps] : steps);
        expect(queue.list().map(nameOf)).toEqual(
          model.waiting.flatMap(({ word }) => (word === undefined ? [] : [word])),
        );
        for (const { key, word } of model.waiting) {
          const held = queue.getByKey(`default/${key}`);
          expect(held && nameOf(held)).toBe(word);
          expect(queue.listKeys().includes(`default/${key}`)).toBe(word !== undefined);
        }
        starts += model.started.length;
        waits += model.waiting.length;
        syncs += Number(model.hasSynced);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(starts, waits, syncs)).toBeGreaterThan(100);
  });

  it('a RealFifo equals its model', () => {
    let [starts, waits, syncs] = [0, 0, 0];
    fc.assert(
      fc.property(history, ([isConsumed, steps]) => {
        const first = isConsumed ? [replaceConsumer(2)] : [];
        const model = play(realFifo<Pod>(), new RealFifoModel(), deltaWords, [...first, ...steps]);
        starts += model.started.length;
        waits += model.waiting.length;
        syncs += Number(model.hasSynced);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(starts, waits, syncs)).toBeGreaterThan(100);
  });

  const rounds = fc.array(fc.array(write, { maxLength: 20 }), { maxLength: 6 });

  it.each<[string, () => Fifo<Pod> | RealFifo<Pod>]>([
    ['Fifo', () => fifo<Pod>({ known: { list: () => known } })],
    ['RealFifo', () => realFifo<Pod>()],
  ])('the batches of a %s are its items, in order, and keep to their bounds', (_, create) => {
    let longest = 0;
    fc.assert(
      fc.property(rounds, fc.integer({ min: 1, max: 5 }), (events, size) => {
        const [single, batched]: Queue<Pod, FifoItem<Pod> | RealFifoItem<Pod>>[] = [create(), create()];
        for (const round of events) {
          for (const event of round) {
            single!.next(event);
            batched!.next(event);
          }
          const batches = drainedByBatches(batched!, size);
          expect(batches.flat()).toEqual(drained(single!));
          for (const batch of batches) {
            longest = Math.max(longest, batch.length);
            expect(batch.length).toBeLessThanOrEqual(size);
            const keys = batch.map(keyOfItem);
            expect(new Set(keys).size).toBe(keys.length);
            if (keys.includes(undefined)) expect(batch).toHaveLength(1);
            expect(new Set(batch.map(({ isInInitialList }) => isInInitialList)).size).toBe(1);
          }
        }
        expect(batched!.hasSynced$.value).toBe(single!.hasSynced$.value);
      }),
      { numRuns: 400 },
    );
    expect(longest).toBeGreaterThan(2);
  });
});

/** `undefined`: it concerns all keys. */
function keyOfItem(item: FifoItem<Pod> | RealFifoItem<Pod>): string | undefined {
  if ('key' in item) return item.key;
  return 'object' in item.delta ? keyOf(item.delta.object) : undefined;
}

function drainedByBatches<Item extends QueueItem>(queue: Queue<Pod, Item>, size: number): (readonly Item[])[] {
  const batches: (readonly Item[])[] = [];
  queue
    .processBatches(
      (batch) => {
        batches.push(batch);
        return EMPTY;
      },
      { size },
    )
    .subscribe()
    .unsubscribe();
  return batches;
}
