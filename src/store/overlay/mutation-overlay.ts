import { asyncScheduler, distinctUntilChanged, map, merge, type SchedulerLike, Subject, Subscription } from 'rxjs';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { Transform } from '../../protocol/objects/transform.ts';
import { behavior } from '../../streams/behavior.ts';
import { deepFreeze } from '../../sharing/deep-freeze.ts';
import { isNewer, isSameObject } from '../../protocol/objects/identity.ts';
import { storeKey } from '../store-key.ts';
import { onCopy } from '../../sharing/on-copy.ts';
import { isPassed, overlaid, type OwnWrite, type OwnWrites, withOwnWrite } from './own-writes.ts';
import { PersistentMap } from '../contents/persistent-map.ts';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';
import { checkedDone } from '../../streams/checks/checked-done.ts';
import { checkedPeriod, longestTimer } from '../../streams/time/period.ts';
import type { Snapshot } from '../snapshot.ts';
import type { SnapshotReader } from '../snapshot-reader.ts';
import { StoreError } from '../store-error.ts';

/** How an overlay shows writes, and how long it keeps one that the store never shows. */
export interface MutationOverlayOptions<S, T> {
  /**
   * What becomes of a write before it is shown: that by which objects come into the store, so that what is read looks the
   * same before the watch has brought it and after. It may change what it is given in place, which is a copy. Of an informer
   * it is its own by default, otherwise there is none.
   */
  readonly transform?: Transform<S, T> | undefined;
  /** In milliseconds, 5 minutes by default as in client-go; from 25 days on, and with Infinity, for ever. */
  readonly ttl?: number;
  /** What the time comes from, `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike;
}

// Each change of the store checks the writes until this many in a row are still outstanding. That is cheap, and removes all
// that the store has passed within a few changes.
const enough = 16;

const defaultTtl = 5 * 60_000;

/** What an overlay is laid over: a store, or an informer, whose store and transform it takes. */
export type OverlaySource<T extends KubernetesObject, I extends string, S> =
  | { readonly snapshot$: ReadonlyBehaviorSubject<Snapshot<T, I>> }
  | {
      readonly store: { readonly snapshot$: ReadonlyBehaviorSubject<Snapshot<T, I>> };
      readonly transform?: (object: S) => T;
      /** Whether an object is selected at all; anything but `false` shows it. */
      readonly selects?: (object: KubernetesObject) => boolean | undefined;
    };

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
 * costs as much, one by index the outstanding writes at most, and only `list()` all objects. An object that an index function fails
 * for is left out of that index, silently until the store has it.
 */
export class MutationOverlay<T extends KubernetesObject, I extends string = never, S extends KubernetesObject = T> {
  /** The store's snapshots with the outstanding writes laid over them: `value` at any time, the current one first. */
  readonly snapshot$: ReadonlyBehaviorSubject<SnapshotReader<T, I>>;
  private readonly source$: ReadonlyBehaviorSubject<Snapshot<T, I>>;
  private readonly transform: ((object: S) => T) | undefined;
  private readonly selects: (object: S) => boolean | undefined;
  private readonly ttl: number;
  private readonly scheduler: SchedulerLike;
  private readonly changed$ = new Subject<void>();
  private readonly timers = new Map<OwnWrite<T>, Subscription>();
  private writes: OwnWrites<T> = PersistentMap.empty();
  /** The writes once more, and some that are gone, to be looked at in turn. */
  private round: OwnWrite<T>[] = [];
  private turn = 0;
  private view: { readonly snapshot: Snapshot<T, I>; readonly writes: OwnWrites<T>; readonly is: SnapshotReader<T, I> };
  private following: Subscription | undefined;

  /**
   * Lays it over a store, or over an informer, and does not start the informer. Throws a TypeError for an invalid source or
   * transform, and a RangeError for an invalid `ttl`.
   */
  constructor(source: OverlaySource<T, I, S>, options: MutationOverlayOptions<S, T> = {}) {
    const { ttl = defaultTtl, scheduler = asyncScheduler } = options;
    const { store, transform, selects = () => undefined } = partsOf(source);
    this.selects = selects;
    const given = options.transform ?? transform;
    this.transform = given === undefined ? undefined : onCopy(given as Transform<S, T>);
    checkedPeriod('ttl', ttl);
    this.source$ = store.snapshot$;
    this.ttl = ttl;
    this.scheduler = scheduler;
    this.view = { snapshot: store.snapshot$.value, writes: this.writes, is: store.snapshot$.value };
    const current = (): SnapshotReader<T, I> => this.current();
    this.snapshot$ = behavior(merge(this.source$, this.changed$).pipe(map(current), distinctUntilChanged()), current);
  }

  /**
   * Shows the object in the server's answer to a create, an update or a patch, or to a deletion after which the object is
   * still there (it waits for finalizers, or for a grace period). What the selectors of an informer leave out is hidden, because the
   * watch will tell that it went. Freezes what the transform keeps of the object. Throws a
   * `StoreError` for an object without a key, or if the transform fails for it.
   */
  written(object: S): void {
    const shown = deepFreeze(this.transformed(object));
    const key = storeKey(shown);
    if (this.selects(object) !== false) this.record('written', key, shown);
    else if (this.current().getByKey(key) !== undefined) this.record('left', key, shown);
  }

  /**
   * Hides an object that the server has deleted: this one, or without a uid the one that is visible under its key. Throws a
   * `StoreError` for an object without a key.
   */
  deleted(object: S | T): void {
    const key = storeKey(object);
    const visible = this.current().getByKey(key);
    // Whatever comes under the key would look like it.
    if (visible === undefined && !object.metadata.uid) return;
    const isKnown =
      visible !== undefined &&
      isSameObject(visible, object) &&
      !(object.metadata.resourceVersion && isNewer(object.metadata.resourceVersion, visible.metadata.resourceVersion));
    // Which object it was is all that matters of it.
    this.record('deleted', key, isKnown ? visible : (object as T));
  }

  /** Forgets all writes, and leaves no timer behind. */
  clear(): void {
    for (const write of this.writes.values()) this.drop(write);
    this.round = [];
    this.changed$.next();
  }

  private record(type: OwnWrite<T>['type'], key: string, object: T): void {
    const { snapshot } = this.settled();
    const write: OwnWrite<T> = { type, key, object, over: snapshot.getByKey(key) };
    const writes = withOwnWrite(this.writes, snapshot, write);
    if (writes === this.writes) return;
    const outdated = this.writes.get(key);
    this.writes = writes;
    if (outdated !== undefined) this.drop(outdated);
    // Follows the store while a write is outstanding, and only then: to be done with its timer when the store shows it.
    // eslint-disable-next-line rxjs-x/no-ignored-error -- the snapshots of a store have none
    this.following ??= this.source$.subscribe(() => this.current());
    const timer = this.expiryOf(write);
    // A scheduler may have run it at once.
    if (this.isKept(write)) this.timers.set(write, timer);
    if (this.round.length > 2 * this.writes.size + enough) this.round = this.round.filter((each) => this.isKept(each));
    this.round.push(write);
    this.changed$.next();
  }

  private transformed(object: S): T {
    const { transform } = this;
    if (transform === undefined) return object as KubernetesObject as T;
    const key = storeKey(object);
    let why = 'threw';
    try {
      const transformed = transform(object);
      why = 'returned what cannot be stored';
      storeKey(checkedDone('a transform', transformed));
      return transformed;
    } catch (cause) {
      throw new StoreError({
        reason: 'Transform',
        message: `the transform of ${key} ${why}`,
        outcome: 'the write is not shown before the watch brings it',
        key,
        cause,
      });
    }
  }

  private current(): SnapshotReader<T, I> {
    return this.settled().is;
  }

  /** The view of the current snapshot. It is always asked for and never told, so that nobody reads a stale one. */
  private settled(): typeof this.view {
    const snapshot = this.source$.value;
    if (snapshot !== this.view.snapshot) this.clearAway(snapshot);
    if (snapshot !== this.view.snapshot || this.writes !== this.view.writes) {
      this.view = { snapshot, writes: this.writes, is: overlaid(snapshot, this.writes) };
    }
    return this.view;
  }

  private clearAway(snapshot: Snapshot<T, I>): void {
    const { round } = this;
    for (let outstanding = 0; outstanding < enough; outstanding++) {
      const write = round[(this.turn = this.turn < round.length ? this.turn : 0)];
      if (write === undefined) return;
      if (this.isKept(write) && !isPassed(write, snapshot)) {
        this.turn++;
        continue;
      }
      this.drop(write);
      round[this.turn] = round.at(-1) ?? write;
      round.pop();
      outstanding = -1;
    }
  }

  private isKept(write: OwnWrite<T>): boolean {
    return this.writes.get(write.key) === write;
  }

  private drop(write: OwnWrite<T>): void {
    this.timers.get(write)?.unsubscribe();
    this.timers.delete(write);
    if (this.isKept(write)) this.writes = this.writes.delete(write.key);
    if (this.writes.size > 0) return;
    this.following?.unsubscribe();
    this.following = undefined;
  }

  private expiryOf(write: OwnWrite<T>): Subscription {
    if (this.ttl > longestTimer) return Subscription.EMPTY;
    const expire = (): void => {
      this.drop(write);
      this.changed$.next();
    };
    return this.scheduler.schedule(expire, this.ttl);
  }
}

/**
 * Lays a {@link MutationOverlay} over a store, or over an informer, and does not start the informer. Throws a TypeError for an
 * invalid source or transform, and a RangeError for an invalid `ttl`.
 *
 * ```ts
 * const overlay = mutationOverlay(pods);
 * resourceClient(kubeConfig, 'v1/pods').update(pod).subscribe((answer) => overlay.written(answer));
 * ```
 */
export function mutationOverlay<T extends KubernetesObject, I extends string = never, S extends KubernetesObject = T>(
  source: OverlaySource<T, I, S>,
  options?: MutationOverlayOptions<S, T>,
): MutationOverlay<T, I, S> {
  return new MutationOverlay(source, options);
}

type Parts<T extends KubernetesObject, I extends string, S> = Extract<OverlaySource<T, I, S>, { store: unknown }>;

function partsOf<T extends KubernetesObject, I extends string, S>(source: OverlaySource<T, I, S>): Parts<T, I, S> {
  const given = source as { readonly snapshot$?: unknown; readonly store?: unknown } | null | undefined;
  // The streams of an informer would start it.
  const parts = given?.store === undefined ? { store: given } : given;
  const store = parts.store as { readonly snapshot$?: { readonly value?: unknown } } | null | undefined;
  if (store?.snapshot$?.value === undefined)
    throw new TypeError('a MutationOverlay is laid over a store or an informer');
  return parts as Parts<T, I, S>;
}
