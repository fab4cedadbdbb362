import { asyncScheduler, type TimestampProvider } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Admitted } from './admitted.ts';
import { storeKey } from './store-key.ts';
import type { Commit } from './commit.ts';
import { Store, type StoreOptions } from './store.ts';

/** The options of an {@link ExpirationCache}. */
export interface ExpirationCacheOptions<T> extends Omit<StoreOptions<T, never>, 'indexers'> {
  /**
   * How many milliseconds an object lives after its last write; 0 or less: for ever. Or a function that returns this number for
   * an object. The function must not call the cache.
   */
  readonly ttl: number | ((object: T) => number);
  /** The clock. Default `asyncScheduler`. If it is set back by a minute, objects live a minute longer. */
  readonly scheduler?: TimestampProvider;
}

// A walk over all deadlines is not worth it for up to 1,024 deadlines of deleted objects.
const slack = 1024;

/**
 * A store whose objects expire. Every write of an object renews it, even if it changes nothing. The objects of one `Replaced`
 * or of one transaction expire at the same time. An object that is exactly as old as its time to live is alive.
 *
 * Expiry is lazy, as in client-go's ExpirationCache: `get`, `getByKey` and `list` leave out expired objects and delete those
 * that they find. `listKeys`, `snapshot$` and indexes show an expired object until it is deleted. {@link expire} deletes all
 * expired objects at once. The commit of the deletion has a `deleted` event.
 *
 * Throws a RangeError for an invalid time to live: from the constructor, or from the write of the object, which is refused.
 *
 * ```ts
 * const cache = expirationCache<Raw<V1Pod>>({ ttl: minutes(5) });
 * interval(minutes(1)).subscribe(() => cache.expire());
 * ```
 */
export class ExpirationCache<T extends KubernetesObject> extends Store<T> {
  private readonly ttlOf: (object: T) => number;
  private readonly scheduler: TimestampProvider;
  /** Until when the object under a key is alive. Some of the keys belong to objects that are deleted already. */
  private readonly deadlines = new Map<string, number>();

  constructor({ ttl, scheduler = asyncScheduler, ...options }: ExpirationCacheOptions<T>) {
    super(options);
    this.ttlOf = typeof ttl === 'function' ? (object) => checkedTtl(ttl(object)) : constant(checkedTtl(ttl));
    this.scheduler = scheduler;
  }

  /** The objects that are alive. Deletes the others. */
  override list(): readonly T[] {
    const gone = new Set(this.expired());
    this.drop(gone);
    const listed = super.list();
    // The store lists an expired object until its deletion is delivered.
    return gone.size === 0 ? listed : listed.filter((object) => !gone.has(object));
  }

  /** The stored object with the key of this one, if it is alive. Deletes it if it has expired. */
  override get(object: T): T | undefined {
    return this.getByKey(storeKey(object));
  }

  /** The object with this key, if it is alive. Deletes it if it has expired. */
  override getByKey(key: string): T | undefined {
    const object = super.getByKey(key);
    const isAlive = (this.deadlines.get(key) ?? Infinity) >= this.scheduler.now();
    if (object === undefined || isAlive) return object;
    this.drop([object]);
    return undefined;
  }

  /** Deletes all expired objects, in one commit. */
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

  /** The expired objects that are stored. Forgets the deadlines of those that are not. */
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

/**
 * Makes an {@link ExpirationCache}. Throws a RangeError for a time to live that is not a number.
 *
 * ```ts
 * const seen = expirationCache<Raw<V1Pod>>({ ttl: minutes(5) });
 * seen.add(pod);
 * ```
 */
export function expirationCache<T extends KubernetesObject>(options: ExpirationCacheOptions<T>): ExpirationCache<T> {
  return new ExpirationCache(options);
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
    case 'Unwatched':
    case 'HeldBack':
    case 'Interrupted':
    case 'Refused':
      return [];
  }
}

/** `Infinity` stands for an object that lives for ever. */
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
