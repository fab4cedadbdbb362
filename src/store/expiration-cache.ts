import { asyncScheduler, type TimestampProvider } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Admitted } from './admitted.ts';
import { storeKey } from './store-key.ts';
import type { Commit } from './reduce-snapshot.ts';
import { Store, type StoreOptions } from './store.ts';

/** How an {@link ExpirationCache} is set up. */
export interface ExpirationCacheOptions<T> extends Omit<StoreOptions<T, never>, 'indexers'> {
  /**
   * Milliseconds that an object lives from the last time it was written; 0 or less: for ever. Or a function that says so,
   * which must not touch the cache.
   */
  readonly ttl: number | ((object: T) => number);
  /** What tells the time, `asyncScheduler` by default. Where its clock is set back, objects live longer by as much. */
  readonly scheduler?: TimestampProvider;
}

// So many deadlines of objects that were deleted are not worth a walk over all of them.
const slack = 1024;

/**
 * A store whose objects expire. Every write of an object renews it, also one that changes nothing; those of one `Replaced`
 * and of one transaction expire at the same time. An object that is exactly as old as its time to live is alive.
 *
 * Expiry is lazy, as in client-go's ExpirationCache: `get`, `getByKey` and `list` do not give what has expired, and delete
 * it as they come upon it. All else knows nothing of time and shows what has not been deleted yet: `listKeys`,
 * `snapshot$`, indexes. {@link expire} deletes all of it at once: `interval(minutes(1)).subscribe(() => cache.expire())`.
 * An object that expired is `deleted` in the events of its commit.
 *
 * Throws a RangeError for a time to live that is no number: at once, or on the write that it belongs to, which is refused.
 */
export class ExpirationCache<T extends KubernetesObject> extends Store<T> {
  private readonly ttlOf: (object: T) => number;
  private readonly scheduler: TimestampProvider;
  /** Until when the object under a key is alive; also of some that are no longer there, until someone comes upon them. */
  private readonly deadlines = new Map<string, number>();

  constructor({ ttl, scheduler = asyncScheduler, ...options }: ExpirationCacheOptions<T>) {
    super(options);
    this.ttlOf = typeof ttl === 'function' ? (object) => checkedTtl(ttl(object)) : constant(checkedTtl(ttl));
    this.scheduler = scheduler;
  }

  /** The objects that are alive; what has expired is deleted. */
  override list(): readonly T[] {
    const gone = new Set(this.expired());
    this.drop(gone);
    const listed = super.list();
    // Until its deletion is delivered, what has expired is listed.
    return gone.size === 0 ? listed : listed.filter((object) => !gone.has(object));
  }

  /** The stored object with the key of this one, if it is alive; it is deleted if it has expired. */
  override get(object: T): T | undefined {
    return this.getByKey(storeKey(object));
  }

  /** The object with this key, if it is alive; it is deleted if it has expired. */
  override getByKey(key: string): T | undefined {
    const object = super.getByKey(key);
    const isAlive = (this.deadlines.get(key) ?? Infinity) >= this.scheduler.now();
    if (object === undefined || isAlive) return object;
    this.drop([object]);
    return undefined;
  }

  /** Deletes what has expired, in one commit. */
  expire(): void {
    this.drop(this.expired());
  }

  /** @internal */
  protected override commit(commit: Commit<T>, accepted: readonly CacheEvent<Admitted<T>>[]): void {
    const written = accepted.flatMap(writtenObjects);
    const now = this.scheduler.now();
    const deadlines = written.map(({ key, object }) => [key, now + this.ttlOf(object)] as const);
    this.forgetDeleted();
    for (const [key, deadline] of deadlines) this.deadlines.set(key, deadline);
    super.commit(commit, accepted);
  }

  /** Those that are there still. Forgets the deadlines of those that are not. */
  private expired(): T[] {
    const now = this.scheduler.now();
    const expired: T[] = [];
    for (const [key, deadline] of this.deadlines) {
      if (deadline >= now) continue;
      const object = this.stored(key);
      if (object === undefined) this.deadlines.delete(key);
      else expired.push(object);
    }
    return expired;
  }

  private drop(objects: Iterable<T>): void {
    this.transaction(Array.from(objects, (object) => ({ type: 'Deleted', object, resourceVersion: '' }) as const));
  }

  private forgetDeleted(): void {
    if (this.deadlines.size <= 2 * this.latest.size + slack) return;
    for (const key of this.deadlines.keys()) if (this.stored(key) === undefined) this.deadlines.delete(key);
  }

  private stored(key: string): T | undefined {
    return super.getByKey(key) ?? this.latest.getByKey(key);
  }
}

function writtenObjects<T>(event: CacheEvent<Admitted<T>>): readonly Admitted<T>[] {
  switch (event.type) {
    case 'Replaced':
      return event.objects;
    case 'Added':
    case 'Updated':
      return [event.object];
    case 'Deleted':
    case 'Bookmark':
    case 'Sync':
    case 'Requested':
    case 'Opened':
    case 'Received':
    case 'Settled':
    case 'Interrupted':
    case 'Refused':
      return [];
  }
}

/** For what lives for ever: a deadline that never comes. */
function checkedTtl(ttl: number): number {
  const given: unknown = ttl;
  if (typeof given !== 'number' || Number.isNaN(given)) {
    throw new RangeError(`a time to live is a number of milliseconds, not ${String(ttl)}`);
  }
  return ttl > 0 ? ttl : Infinity;
}

function constant<V>(value: V): () => V {
  return () => value;
}
