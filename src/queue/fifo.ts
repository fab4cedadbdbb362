import type { CacheEvent } from '../protocol/cache-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { KnownObjects } from './known-objects.ts';
import { type Place, Places } from './places.ts';
import { Queue, type QueueItem, queueKey } from './queue.ts';
import type { Taken } from './taken.ts';

/** What a {@link Fifo} hands out. */
export interface FifoItem<T> extends QueueItem {
  readonly key: string;
  /** The latest object that was queued under the key. */
  readonly object: T;
}

/** How a {@link Fifo} is set up. */
export interface FifoOptions<T> {
  /** A store whose objects `Sync` queues again, unless they are queued already. Default: none. */
  readonly known?: KnownObjects<T>;
}

// Fewer places without an object are not worth a walk along the line.
const slack = 1024;

/**
 * A line of objects, one for each key: the consumer gets the latest of each, and nothing of what was in between.
 *
 * - A key stands where it was first queued since it was last taken; whatever happens to it meanwhile, nobody jumps the
 *   line. One that is in process may queue again, and starts when that is done; those behind it go ahead until then.
 * - `Deleted` takes the object out, and its place is kept for as long as the line has not come to it. The consumer is not
 *   told: it never sees deletions.
 * - `Replaced` is a new line, in the order of the list; of several objects with one key the last counts.
 * - `Sync` queues what is known and has no place. `Bookmark` and what is not about objects do nothing.
 *
 * client-go's FIFO; the consumer's side and the errors are those of {@link Queue}.
 */
export class Fifo<T extends KubernetesObject> extends Queue<T, FifoItem<T>> {
  private readonly known: KnownObjects<T> | undefined;
  private readonly inProcess = new Set<string>();
  private places = new Places<T>();
  private waiting = 0;

  constructor({ known }: FifoOptions<T> = {}) {
    super();
    this.known = known;
  }

  override get size(): number {
    return this.waiting;
  }

  /** The object that waits under this key. */
  getByKey(key: string): T | undefined {
    return this.places.get(key)?.object;
  }

  /** The objects that wait, in order, in a new array. */
  list(): T[] {
    return Array.from(this.places, ({ object }) => object).filter((object) => object !== undefined);
  }

  /** The keys that wait, in order, in a new array. */
  listKeys(): string[] {
    return Array.from(this.places)
      .filter(({ object }) => object !== undefined)
      .map(({ key }) => key);
  }

  protected override apply(event: CacheEvent<T>): void {
    switch (event.type) {
      case 'Added':
      case 'Updated':
        this.put(queueKey(event.object), event.object);
        this.initial.populate(0);
        return;
      case 'Deleted':
        this.drop(queueKey(event.object));
        this.initial.populate(0);
        return;
      case 'Replaced':
        this.renew(event.objects);
        return;
      case 'Sync':
        this.requeue(this.known?.list() ?? []);
        return;
      case 'Bookmark':
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

  protected override take(isInInitialList?: boolean): Taken<FifoItem<T>> | undefined {
    const place = this.look();
    if (place?.object === undefined) return undefined;
    const { key, object, isInitial } = place;
    const item = { key, object, isInInitialList: isInitial || !this.initial.isPopulated };
    if (isInInitialList !== undefined && item.isInInitialList !== isInInitialList) return undefined;
    this.places.remove(place);
    this.waiting--;
    this.inProcess.add(key);
    const done = (): void => {
      this.inProcess.delete(key);
      if (isInitial) this.initial.finish(1);
    };
    return { item, name: key, done };
  }

  /** The first place in the line that may start. Removes the empty places before it. */
  private look(): Place<T> | undefined {
    for (const place of this.places) {
      if (place.object === undefined) this.forget(place);
      else if (!this.inProcess.has(place.key)) return place;
    }
    return undefined;
  }

  private put(key: string, object: T): void {
    const place = this.places.get(key);
    if (place?.object === undefined) this.waiting++;
    if (place === undefined) this.places.append(key, object);
    else place.object = object;
  }

  private requeue(objects: readonly T[]): void {
    // All keys before anything is queued, so that an object without one changes nothing.
    const keys = objects.map(queueKey);
    keys.forEach((key, index) => {
      if (this.places.get(key) === undefined) this.put(key, objects[index] as T);
    });
  }

  private drop(key: string): void {
    const place = this.places.get(key);
    if (place?.object === undefined) return;
    place.object = undefined;
    this.waiting--;
    if (this.places.size > 2 * this.waiting + slack) this.forgetAllEmpty();
  }

  private forget(place: Place<T>): void {
    this.places.remove(place);
    if (place.isInitial) this.initial.finish(1);
  }

  private forgetAllEmpty(): void {
    for (const place of this.places) if (place.object === undefined) this.forget(place);
  }

  private renew(objects: readonly T[]): void {
    const places = new Places<T>();
    for (const object of objects) {
      const key = queueKey(object);
      const place = places.get(key);
      if (place === undefined) places.append(key, object);
      else place.object = object;
    }
    const untaken = Array.from(this.places).filter(({ isInitial }) => isInitial).length;
    // As many items as before are initial, whichever they are now. client-go would wait for more than there are.
    let count = this.initial.isPopulated ? Math.min(untaken, places.size) : places.size;
    const surplus = untaken - count;
    for (const place of places) place.isInitial = count-- > 0;
    this.places = places;
    this.waiting = places.size;
    if (this.initial.isPopulated) this.initial.finish(surplus);
    else this.initial.populate(places.size);
  }
}

/**
 * Makes a {@link Fifo}: a line of objects, one for each key.
 *
 * ```ts
 * const pending = fifo<Raw<V1Pod>>();
 * reflector(podListerWatcher).subscribe(pending);
 * pending.process(({ object }) => reconcile(object)).subscribe();
 * ```
 */
export function fifo<T extends KubernetesObject>(options?: FifoOptions<T>): Fifo<T> {
  return new Fifo(options);
}
