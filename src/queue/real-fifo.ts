import type { CacheEvent } from '../protocol/cache-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Delta } from './delta.ts';
import { Line } from '../streams/line.ts';
import { Queue, type QueueItem, queueKey } from './queue.ts';
import type { Taken } from './taken.ts';

/** What a {@link RealFifo} hands out. */
export interface RealFifoItem<T> extends QueueItem {
  readonly delta: Delta<T>;
}

interface Entry<T> {
  readonly delta: Delta<T>;
  /** `undefined`: it concerns all keys. */
  readonly key: string | undefined;
  isInitial: boolean;
}

/**
 * A queue of all events of a reflector that change the state, in their order across all keys. Nothing is compressed or left
 * out, and deletions of unknown objects are included. Events that do not change the state (requests, failures, refused objects)
 * are not queued, nor is a `Sync` while another one waits: what `Sync` means is decided when it is processed.
 *
 * - `Replaced` and `Sync` are one entry each, {@link Delta} `ReplacedAll` and `SyncAll`, so that what they mean is decided
 *   when they are processed: `expandDelta`, with tombstones, or `store.next(cacheEventOf(delta))`.
 * - With concurrency, an entry waits for those of its key, and all behind it wait with it. `ReplacedAll`, `SyncAll` and
 *   `Bookmark` concern all keys: they start when everything before them is done, and nothing starts until they are done.
 * - An empty `Replaced` is an entry too: the queue has synced when that is done.
 *
 * client-go's RealFIFO with AtomicFIFO; the consumer's side and the errors are those of {@link Queue}.
 */
export class RealFifo<T extends KubernetesObject> extends Queue<T, RealFifoItem<T>> {
  private readonly line = new Line<Entry<T>>();
  private readonly inProcess = new Set<string | undefined>();
  private hasSync = false;

  override get size(): number {
    return this.line.length;
  }

  protected override apply(event: CacheEvent<T>): void {
    switch (event.type) {
      case 'Added':
      case 'Updated':
      case 'Deleted':
        this.push(event, queueKey(event.object));
        this.initial.populate(0);
        return;
      case 'Replaced': {
        const { resourceVersion } = event;
        // A copy, because it waits while its giver may go on with it.
        const objects = Array.from(event.objects);
        objects.forEach(queueKey);
        this.push({ type: 'ReplacedAll', objects, resourceVersion });
        if (this.initial.isPopulated) return;
        for (const entry of this.line) entry.isInitial = true;
        this.initial.populate(this.line.length);
        return;
      }
      case 'Sync':
        if (!this.hasSync) this.push({ type: 'SyncAll' });
        this.hasSync = true;
        return;
      case 'Bookmark':
        this.push(event);
        return;
      case 'Requested':
      case 'Opened':
      case 'Received':
      case 'Settled':
      case 'Unwatched':
      case 'HeldBack':
      case 'Interrupted':
      case 'Refused':
        return;
      default:
        event satisfies never;
    }
  }

  // Initial entries concern all keys, so they are alone in their batch, and there is no kind to ask for.
  protected override take(): Taken<RealFifoItem<T>> | undefined {
    const head = this.line.peek();
    if (head === undefined || this.isBlocked(head.key)) return undefined;
    const { delta, key, isInitial } = head;
    const item = { delta, isInInitialList: isInitial || !this.initial.isPopulated };
    this.line.shift();
    if (delta.type === 'SyncAll') this.hasSync = false;
    this.inProcess.add(key);
    const done = (): void => {
      this.inProcess.delete(key);
      if (isInitial) this.initial.finish(1);
    };
    return { item, name: key === undefined ? delta.type : `${delta.type} ${key}`, done };
  }

  private push(delta: Delta<T>, key?: string): void {
    this.line.push({ delta, key, isInitial: false });
  }

  private isBlocked(key: string | undefined): boolean {
    if (key === undefined) return this.inProcess.size > 0;
    return this.inProcess.has(key) || this.inProcess.has(undefined);
  }
}

/**
 * Makes a {@link RealFifo}: a line of everything that a reflector says of the state.
 *
 * ```ts
 * const deltas = realFifo<Raw<V1Pod>>();
 * reflector(podListerWatcher).subscribe(deltas);
 * deltas.process(({ delta }) => reconcile(delta)).subscribe();
 * ```
 */
export function realFifo<T extends KubernetesObject>(): RealFifo<T> {
  return new RealFifo();
}
