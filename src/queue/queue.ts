import { type ObservableInput, Subject } from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import { type CacheEvent, flawOfEvent } from '../protocol/cache-event.ts';
import { KeyError } from '../protocol/objects/key-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import type { ReflectorSink } from '../protocol/reflector-sink.ts';
import { resourceVersionOf } from '../protocol/objects/resource-version.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import type { Backlog } from '../streams/backlog.ts';
import { iterate } from '../streams/iterate.ts';
import { pump } from '../streams/pump.ts';
import { InitialList } from './initial-list.ts';
import { processItems, type ProcessOptions } from './process-items.ts';
import { QueueError } from './queue-error.ts';
import type { Taken } from './taken.ts';

/** What every item of a queue has. */
export interface QueueItem {
  /** It came out before everything that the queue started with was done. */
  readonly isInInitialList: boolean;
}

/** How batches are processed: one at a time. */
export interface ProcessBatchesOptions<Item> extends Omit<ProcessOptions<readonly Item[]>, 'concurrency'> {
  /** How many items a batch has at most. Default 1000. Source: client-go `the_real_fifo.go`, defaultBatchSize. */
  readonly size?: number;
}

/**
 * What `Fifo` and `RealFifo` have in common: cache events go in, items come out at the consumer's pace.
 *
 * Consumers are `process`, `processBatches` and `for await`. Nothing is taken out before there is one; several may share a
 * queue, and each item goes to one of them. An item is done when its processing ends, in whichever way, and is never put
 * back: who wants it again adds it again. Writes never wait: what is not consumed is held, without a limit.
 *
 * Without a lock: a write delivers to a consumer that waits before it returns.
 */
export abstract class Queue<T extends KubernetesObject, Item extends QueueItem>
  implements ReflectorSink<T>, AsyncIterable<Item>
{
  /**
   * Whether what the queue started with is done: false first, true once, and never false again. Where a change comes before
   * any complete state, it is true from then on; where a complete state comes first, when as many items are done as it
   * had queued. It turns when the last of these has completed, not when it was taken.
   */
  readonly hasSynced$: ReadonlyBehaviorSubject<boolean>;
  /** @internal */
  protected readonly initial: InitialList = new InitialList();
  private readonly woken$: Subject<void> = new Subject<void>();
  private hasClosed = false;
  private readonly backlog: Backlog<Taken<Item>> = this.backlogOf(() => this.take());

  constructor() {
    this.hasSynced$ = this.initial.hasSynced$;
  }

  /** How many items wait. Those in process do not count. */
  abstract get size(): number;

  /** True once `close` was called. */
  get isClosed(): boolean {
    return this.hasClosed;
  }

  /**
   * Takes an event. `cacheEvents$.subscribe(queue)` feeds a queue. Throws a {@link QueueError}, `MalformedObject` for an
   * object without a key and `MalformedEvent` for what is not an event; the queue is then what it was.
   */
  next(event: CacheEvent<T>): void {
    const flaw = flawOfEvent(event);
    if (flaw !== undefined) throw new QueueError({ reason: 'MalformedEvent', message: `not queued: ${flaw}` });
    this.apply(event);
    this.wake();
  }

  /** Queues an object, at its own version. */
  add(object: T): void {
    this.next({ type: 'Added', object, resourceVersion: resourceVersionOf(object) });
  }

  /** Queues a change of an object, at its own version. */
  update(object: T): void {
    this.next({ type: 'Updated', object, resourceVersion: resourceVersionOf(object) });
  }

  /** Takes the deletion of an object, at its own version. */
  delete(object: T): void {
    this.next({ type: 'Deleted', object, resourceVersion: resourceVersionOf(object) });
  }

  /** Takes the complete state: these objects and no others. */
  replace(objects: readonly T[], resourceVersion: string): void {
    this.next({ type: 'Replaced', objects, resourceVersion });
  }

  /** Takes the marker to look at everything again. */
  resync(): void {
    this.next({ type: 'Sync' });
  }

  /**
   * Nothing more is expected: consumers go on until nothing is left, then complete. Writes are accepted all the same; they
   * reach a consumer that is not finished yet, or the next one.
   */
  close(): void {
    this.hasClosed = true;
    this.wake();
  }

  /**
   * Processes at most `concurrency` items at a time, and emits what their Observables emit. A subscription is a consumer: it
   * takes an item when fewer are in process, and completes when the queue is closed and empty and nothing is in process.
   * Unsubscribing gives up the items in process; they are gone.
   *
   * Items start in the order of the queue, and two of one key are never in process at the same time, in one consumer or in several.
   * An item whose processing throws or errors is gone as well: {@link ProcessOptions} says who is told.
   *
   * Nothing is processed before it is subscribed to or awaited; awaited, until the queue is closed and empty.
   *
   * Throws a RangeError on a concurrency below 1, and a TypeError where there is no function.
   */
  process<R>(project: (item: Item) => ObservableInput<R>, options?: ProcessOptions<Item>): Awaitable<R, R | undefined> {
    return awaitable(processItems(this.backlog, this.woken$, project, options));
  }

  /**
   * The same by batches, one at a time: whatever may start now, up to a size. A batch has one item of a key at most, and
   * either initial items or later ones, never both. All items of a batch are done together, and fail together.
   *
   * Throws a RangeError on a size below 1, and a TypeError where there is no function.
   */
  processBatches<R>(
    project: (items: readonly Item[]) => ObservableInput<R>,
    { size = 1000, ...options }: ProcessBatchesOptions<Item> = {},
  ): Awaitable<R, R | undefined> {
    if (!(size >= 1)) throw new RangeError(`the size of a batch is ${size}; it takes numbers from 1 on`);
    const batches = this.backlogOf(() => this.takeBatch(size));
    return awaitable(processItems(batches, this.woken$, project, options));
  }

  /**
   * A consumer for a loop: an item is taken when it is asked for, and done when the next one is asked for. Leaving the loop
   * is being done with its item. The loop ends when the queue is closed and empty.
   */
  [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
    return iterate((hand) => pump(this.backlog, this.woken$, ({ item }) => hand(item)));
  }

  /** Changes the state by an event. @internal */
  protected abstract apply(event: CacheEvent<T>): void;

  /**
   * The next item that may start, with its key in process from now on; of one kind only where that is said: with or
   * without `isInInitialList`. @internal
   */
  protected abstract take(isInInitialList?: boolean): Taken<Item> | undefined;

  /** All that are made of one queue take from it, and each is woken when another is done with an item. */
  private backlogOf<Entry>(take: () => Taken<Entry> | undefined): Backlog<Taken<Entry>> {
    return {
      take,
      done: ({ done }) => {
        done();
        this.wake();
      },
      isDrained: () => this.hasClosed && this.size === 0,
      rest: () => this.initial.announce(),
    };
  }

  private wake(): void {
    this.initial.announce();
    this.woken$.next();
  }

  private takeBatch(size: number): Taken<readonly Item[]> | undefined {
    const first = this.take();
    if (first === undefined) return undefined;
    const batch = [first];
    while (batch.length < size) {
      const next = this.take(first.item.isInInitialList);
      if (next === undefined) break;
      batch.push(next);
    }
    return {
      item: batch.map(({ item }) => item),
      name: batch.length === 1 ? first.name : `${first.name} and ${batch.length - 1} more`,
      done: () => batch.forEach(({ done }) => done()),
    };
  }
}

/** The key of an object that is to be queued, or a {@link QueueError} `MalformedObject`. */
export function queueKey(object: KubernetesObject): string {
  try {
    return metaNamespaceKey(object);
  } catch (cause) {
    if (!(cause instanceof KeyError)) throw cause;
    throw new QueueError({ reason: 'MalformedObject', message: `not queued: ${cause.message}`, cause });
  }
}
