import { asyncScheduler, distinctUntilChanged, map, merge, type SchedulerLike, Subject, type Subscription } from 'rxjs';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { behavior } from './behavior.ts';
import { deepFreeze } from './deep-freeze.ts';
import { isNewer, isSameObject, storeKey } from './identity.ts';
import { overlaid, type OwnWrite, type OwnWrites, pendingWrites, withOwnWrite } from './own-writes.ts';
import type { ReadonlyBehaviorSubject } from './readonly-behavior-subject.ts';
import type { Snapshot } from './snapshot.ts';
import type { SnapshotReader } from './snapshot-reader.ts';

/** How long an overlay keeps a write that the store never shows. */
export interface MutationOverlayOptions {
  /** In milliseconds, 5 minutes by default as in client-go; from 25 days on, and with Infinity, for ever. */
  readonly ttl?: number;
  /** What the time comes from, `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike;
}

// A platform timer takes no more, and fires at once. Source: the HTML standard, a signed 32-bit count.
const longestTimer = 2 ** 31 - 1;
const defaultTtl = 5 * 60_000;

/**
 * A store with one's own writes laid over it, so that they can be read before the watch brings them: client-go's
 * MutationCache. `overlay.written(answer)` after each create, update and patch, `overlay.deleted(object)` after a deletion;
 * then `overlay.snapshot$.value` and `lister(overlay)` show them at once, in indexes and lists too.
 *
 * A write stays until the store has passed it, which is when the store holds that version of the object or a later one, or
 * is complete up to that version, or has seen the object go. A late call, after that, changes nothing: what was deleted or
 * created anew meanwhile does not come back. What the store never shows goes after a time.
 *
 * Nothing of the store is copied. While no write is outstanding the snapshots are the store's own; otherwise a read by key
 * or by index costs the outstanding writes at most, and only `list()` all objects. An object that an index function fails
 * for is left out of that index, silently until the store has it.
 */
export class MutationOverlay<T extends KubernetesObject, I extends string = never> {
  /** The store's snapshots with the outstanding writes laid over them: `value` at any time, the current one first. */
  readonly snapshot$: ReadonlyBehaviorSubject<SnapshotReader<T, I>>;
  private readonly source$: ReadonlyBehaviorSubject<Snapshot<T, I>>;
  private readonly ttl: number;
  private readonly scheduler: SchedulerLike;
  private readonly changed$ = new Subject<void>();
  private readonly timers = new Map<OwnWrite<T>, Subscription>();
  private writes: OwnWrites<T> = new Map();
  private view: { readonly snapshot: Snapshot<T, I>; readonly writes: OwnWrites<T>; readonly is: SnapshotReader<T, I> };
  private following: Subscription | undefined;

  /**
   * Over a store; of an informer take its `store`, because a subscription to the informer itself would start it. Throws a
   * RangeError for a `ttl` that is no period.
   */
  constructor(
    store: { readonly snapshot$: ReadonlyBehaviorSubject<Snapshot<T, I>> },
    { ttl = defaultTtl, scheduler = asyncScheduler }: MutationOverlayOptions = {},
  ) {
    if (typeof ttl !== 'number' || !(ttl >= 0)) {
      throw new RangeError(`ttl is ${String(ttl)}; it takes milliseconds from 0 on (Infinity for ever)`);
    }
    this.source$ = store.snapshot$;
    this.ttl = ttl;
    this.scheduler = scheduler;
    this.view = { snapshot: store.snapshot$.value, writes: this.writes, is: store.snapshot$.value };
    const current = (): SnapshotReader<T, I> => this.current();
    this.snapshot$ = behavior(merge(this.source$, this.changed$).pipe(map(current), distinctUntilChanged()), current);
  }

  /**
   * Shows an object that the server answered a create, an update or a patch with, or a deletion of what is still there then
   * (it waits for finalizers, or for a grace period). The object is frozen. Throws a `StoreError` for an object without a key.
   */
  written(object: T): void {
    this.record('written', storeKey(object), deepFreeze(object));
  }

  /**
   * Hides an object that the server has deleted: this one, or without a uid the one that is visible under its key. Throws a
   * `StoreError` for an object without a key.
   */
  deleted(object: T): void {
    const key = storeKey(object);
    const visible = this.current().getByKey(key);
    const isKnown =
      visible !== undefined &&
      isSameObject(visible, object) &&
      !(object.metadata.resourceVersion && isNewer(object.metadata.resourceVersion, visible.metadata.resourceVersion));
    this.record('deleted', key, isKnown ? visible : object);
  }

  /** Forgets all writes, and leaves no timer behind. */
  clear(): void {
    this.keep(new Map());
    this.changed$.next();
  }

  private record(type: OwnWrite<T>['type'], key: string, object: T): void {
    const { snapshot } = this.settled();
    this.keep(withOwnWrite(this.writes, snapshot, { type, key, object, over: snapshot.getByKey(key) }));
    this.changed$.next();
  }

  private current(): SnapshotReader<T, I> {
    return this.settled().is;
  }

  /** The view of the current snapshot. It is always asked for and never told, so that nobody reads a stale one. */
  private settled(): typeof this.view {
    const snapshot = this.source$.value;
    if (snapshot !== this.view.snapshot) this.keep(pendingWrites(this.writes, snapshot));
    if (snapshot !== this.view.snapshot || this.writes !== this.view.writes) {
      this.view = { snapshot, writes: this.writes, is: overlaid(snapshot, this.writes) };
    }
    return this.view;
  }

  private keep(writes: OwnWrites<T>): void {
    const before = this.writes;
    this.writes = writes;
    for (const [key, write] of before) {
      if (writes.get(key) === write) continue;
      this.timers.get(write)?.unsubscribe();
      this.timers.delete(write);
    }
    for (const [key, write] of writes) if (before.get(key) !== write) this.expireLater(write);
    this.follow();
  }

  private expireLater(write: OwnWrite<T>): void {
    if (this.ttl > longestTimer) return;
    const expire = (): void => {
      const writes = new Map(this.writes);
      writes.delete(write.key);
      this.keep(writes);
      this.changed$.next();
    };
    this.timers.set(write, this.scheduler.schedule(expire, this.ttl));
  }

  /** Follows the store while a write is outstanding, and only then: to be done with its timer when the store shows it. */
  private follow(): void {
    if (this.writes.size === 0) {
      this.following?.unsubscribe();
      this.following = undefined;
      return;
    }
    // eslint-disable-next-line rxjs-x/no-ignored-error -- the snapshots of a store have none
    this.following ??= this.source$.subscribe(() => this.current());
  }
}
