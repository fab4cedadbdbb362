import { BehaviorSubject, defer, filter, from, type Observable, Subject } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import type { Intern } from '../protocol/intern.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ReflectorSink } from '../protocol/reflector-sink.ts';
import { resourceVersionOf } from '../protocol/objects/resource-version.ts';
import { admit, admitEvent } from './admit.ts';
import type { Admitted } from './admitted.ts';
import { refuse } from './contents/index-failure.ts';
import type { Indexers } from './contents/indexers.ts';
import { freezer, interner } from '../sharing/interner.ts';
import { printRarely } from './print-rarely.ts';
import { behavior } from '../streams/behavior.ts';
import { checkedFunction } from '../streams/checks/checked-function.ts';
import { DeliveryQueue } from '../streams/delivery-queue.ts';
import type { ReadonlyBehaviorSubject } from '../streams/readonly-behavior-subject.ts';
import { type Commit, commitAdmitted, commitWith } from './commit.ts';
import { emptySnapshot, Snapshot, type SnapshotOptions } from './snapshot.ts';
import { StoreError } from './store-error.ts';
import { commitTransaction, type TransactionItem, type TransactionResult } from './transaction.ts';
import { unfailing } from './unfailing-intern.ts';

/** The options of a {@link Store}. */
export interface StoreOptions<T, I extends string> extends SnapshotOptions<T, I> {
  /**
   * Makes objects share memory before they are stored. Default `interner()`; `false`: they share nothing. Objects are deep
   * frozen in any case. If it throws, the object is stored as it is, and RxJS reports the first error.
   */
  readonly intern?: Intern<T> | false;
  /**
   * Called when an index function fails for an object of an event or of a transaction: the object is stored and left out of
   * that index. Called after the commit is delivered, once for each index in it, and not again for an object that is already
   * left out. If it throws, the store goes on and RxJS reports the error. Default: prints the first error of each index, and
   * then the number of errors at 10, 100 and so on.
   */
  readonly onIndexError?: (error: StoreError) => void;
}

/**
 * The state that a stream of cache events leads to, as the reading side of a BehaviorSubject of immutable snapshots: what
 * `scan(reduceSnapshot, emptySnapshot())` gives, with a value at any time, commits and client-go's methods.
 *
 * There is one queue of commits. A write made inside a subscriber is checked at once, and delivered after the current commit
 * has reached every subscriber; until then reads show the commit that is being delivered. A write that changes nothing emits
 * nothing. An invalid write throws a `StoreError` and changes nothing.
 *
 * If an index function fails, a write by method throws. An event of a stream has no caller that could catch an error, and one
 * bad object must not cost a whole list: the object is stored, left out of that index, and reported to `onIndexError`. The
 * items of a transaction are treated like events. See also `unindexedKeys`.
 *
 * This is client-go's ThreadSafeStore: JavaScript runs one turn at a time and snapshots never change, so there is no lock.
 *
 * ```ts
 * const cache = store<Raw<V1Pod>>();
 * reflector(podListerWatcher, { admit: cache.admit }).subscribe(cache);
 * cache.commits$.subscribe(({ events }) => console.log(events.length, 'changes'));
 * ```
 */
export class Store<T extends KubernetesObject, I extends string = never> implements ReflectorSink<T> {
  /** The current snapshot first, then one for each commit. It never completes and never errors. */
  readonly snapshot$: ReadonlyBehaviorSubject<Snapshot<T, I>>;
  /**
   * The commits after the snapshot that is current at the subscription, without a gap or a repeat, also for a subscription
   * during a delivery. `snapshot$` has the new value before a commit is emitted.
   */
  readonly commits$: Observable<Commit<T, I>>;
  /**
   * Lets an object through the doorway, without storing it: checked, with its key, shared with what is stored under that key,
   * and frozen. Each object passes it once: `next` takes an admitted one as it is, and admits any other itself. A reflector
   * that admits objects as they arrive spreads the work and the memory of a list over its pages; without it, all is done at
   * the end of the list. The second argument is the key where it is known;
   * a value that is not this object's key is ignored. Throws a `StoreError` for an object without a key.
   *
   * ```ts
   * const cache = store<Raw<V1Pod>>();
   * reflector(podListerWatcher, { admit: cache.admit }).subscribe(cache);
   * ```
   */
  readonly admit: (object: T, key?: string) => Admitted<T>;
  private readonly snapshots$: BehaviorSubject<Snapshot<T, I>>;
  private readonly delivered$: Subject<Commit<T, I>> = new Subject<Commit<T, I>>();
  private readonly interning: Intern<T>;
  private readonly onIndexError: (error: StoreError) => void;
  private readonly deliveries = new DeliveryQueue();
  /** The state after all queued commits. It is ahead of `snapshot$` only during a delivery. @internal */
  protected latest: Snapshot<T, I>;
  private isAsking = false;

  constructor(options: StoreOptions<T, I> = {}) {
    const { indexers = {} as Indexers<T, I>, intern = interner<T>(), onIndexError = printRarely() } = options;
    checkedFunction('onIndexError', onIndexError);
    if (intern !== false) checkedFunction('intern', intern);
    const freeze = freezer<T>();
    // If the default interner cannot read an object, no store can, so the writer gets the error.
    const own = options.intern === undefined;
    const share = intern === false ? undefined : own ? intern : unfailing(intern);
    const interning: Intern<T> =
      share === undefined ? freeze : (previous, object) => freeze(previous, share(previous, object));
    this.interning = interning;
    this.onIndexError = onIndexError;
    this.admit = (object, key) => admit(this.latest, object, interning, key);
    this.latest = emptySnapshot<T, I>({ indexers });
    this.snapshots$ = new BehaviorSubject(this.latest);
    this.snapshot$ = behavior(this.snapshots$, () => this.snapshots$.value);
    this.commits$ = defer(() => {
      const { revision } = this.snapshots$.value;
      return this.delivered$.pipe(filter(({ snapshot }) => snapshot.revision > revision));
    });
  }

  /** Applies an event; see `commitOf` for the rules. `cacheEvents$.subscribe(store)` feeds a store. */
  next(event: CacheEvent<T | Admitted<T>>): void {
    this.step(() => {
      const admitted = admitEvent(this.latest, event, this.interning);
      return [commitAdmitted(this.latest, admitted), [admitted]];
    });
  }

  /** Stores an object under its key. Does nothing if the stored object has the same uid and the same or a newer version. */
  add(object: T): void {
    this.write({ type: 'Added', object, resourceVersion: resourceVersionOf(object) });
  }

  /** The same as {@link add}: both are upserts. */
  update(object: T): void {
    this.write({ type: 'Updated', object, resourceVersion: resourceVersionOf(object) });
  }

  /** Deletes the stored object with the key of this one, unless it has another uid. Does nothing if there is none. */
  delete(object: T): void {
    this.write({ type: 'Deleted', object, resourceVersion: resourceVersionOf(object) });
  }

  /** Replaces all stored objects by these, in one step. */
  replace(objects: readonly T[], resourceVersion: string): void {
    this.write({ type: 'Replaced', objects, resourceVersion });
  }

  /**
   * Applies several changes in one commit and returns one result for each item. An invalid item is refused, and the others are
   * applied. See {@link commitTransaction}. Throws a `StoreError` `MalformedEvent` if the argument is not an array. The deltas
   * of a batch of a `RealFifo` are items if they concern single objects.
   */
  transaction(items: readonly TransactionItem<T>[]): readonly TransactionResult[] {
    let results: readonly TransactionResult[] = [];
    this.step(() => {
      const made = commitTransaction(this.latest, items, this.interning);
      results = made.results;
      return [made.commit, made.accepted];
    });
    return results;
  }

  /** Does nothing: a store has nothing to resync, as in client-go. Handlers are resynced by the informer. */
  resync(): void {
    this.write({ type: 'Sync' });
  }

  /** See {@link Snapshot.list}. */
  list(): readonly T[] {
    return this.snapshots$.value.list();
  }

  /** See {@link Snapshot.keys}. */
  listKeys(): string[] {
    return this.snapshots$.value.keys();
  }

  /** See {@link Snapshot.get}. */
  get(object: T): T | undefined {
    return this.snapshots$.value.get(object);
  }

  /** See {@link Snapshot.getByKey}. */
  getByKey(key: string): T | undefined {
    return this.snapshots$.value.getByKey(key);
  }

  /** See {@link Snapshot.index}. */
  index(name: I, object: T): readonly T[] {
    return this.snapshots$.value.index(name, object);
  }

  /** See {@link Snapshot.byIndex}. */
  byIndex(name: I, value: string): readonly T[] {
    return this.snapshots$.value.byIndex(name, value);
  }

  /** See {@link Snapshot.indexKeys}. */
  indexKeys(name: I, value: string): string[] {
    return this.snapshots$.value.indexKeys(name, value);
  }

  /** See {@link Snapshot.listIndexFuncValues}. */
  listIndexFuncValues(name: I): string[] {
    return this.snapshots$.value.listIndexFuncValues(name);
  }

  /** See {@link Snapshot.unindexedKeys}. */
  unindexedKeys(name: I): string[] {
    return this.snapshots$.value.unindexedKeys(name);
  }

  /** See {@link Snapshot.indexers}. */
  getIndexers(): Indexers<T, I> {
    return this.snapshots$.value.indexers();
  }

  /**
   * Adds indexes, also over the objects that are stored already, and returns this store with a type that knows their names.
   * Throws a `StoreError`: `IndexConflict` if a name is taken, `IndexFunction` if a function fails for a stored object. It
   * then adds none. It makes a commit without events. Older snapshots lack the indexes and throw `UnknownIndex`.
   */
  addIndexers<J extends string>(indexers: Indexers<T, J>): Store<T, I | J> {
    this.step(() => {
      const previous = this.latest;
      const contents = previous.contents.indexedBy(indexers);
      const { revision, synced, resourceVersion } = previous;
      const snapshot = new Snapshot<T, I>({ revision: revision + 1, synced, resourceVersion }, contents);
      return [{ previous, snapshot, events: [], indexErrors: [] }, []];
    });
    return this as unknown as Store<T, I | J>;
  }

  /** The state after all queued commits: the value of `snapshot$`, or ahead of it during a delivery. @internal */
  get newest(): Snapshot<T, I> {
    return this.latest;
  }

  /**
   * Runs `turn` as the delivery of a commit: writes that it causes are delivered after it. For callers that hand out the
   * current state object by object.
   * @internal
   */
  deliver(turn: () => void): void {
    this.deliveries.within(turn);
  }

  /** Runs `turn` after all queued deliveries: at once, unless a delivery is under way. @internal */
  afterDelivery(turn: () => void): void {
    this.deliveries.deliver(turn);
  }

  /** Drops the state in a commit without events, because no object was deleted. @internal */
  forget(): void {
    const previous = this.latest;
    const { contents } = emptySnapshot<T, I>({ indexers: previous.indexers() });
    const state = { revision: previous.revision + 1, synced: false, resourceVersion: undefined };
    this.commit({ previous, snapshot: new Snapshot<T, I>(state, contents), events: [], indexErrors: [] }, []);
  }

  private write(event: CacheEvent<T>): void {
    this.step(() => {
      const admitted = admitEvent(this.latest, event, this.interning);
      return [commitWith(this.latest, admitted, refuse), [admitted]];
    });
  }

  /** Makes a commit and queues it. A function that is called meanwhile cannot write, because one of both writes would be lost. */
  private step(make: () => readonly [Commit<T, I>, readonly CacheEvent<Admitted<T>>[]]): void {
    if (this.isAsking) throw impureFunction();
    this.isAsking = true;
    try {
      this.commit(...make());
    } finally {
      this.isAsking = false;
    }
  }

  /** Queues a commit and delivers it, unless a delivery is under way. `_accepted`: the events it was made of. @internal */
  protected commit(commit: Commit<T, I>, _accepted: readonly CacheEvent<Admitted<T>>[]): void {
    if (commit.snapshot === commit.previous) return;
    this.isAsking = false;
    this.latest = commit.snapshot;
    freeze(commit);
    this.afterDelivery(() => {
      this.snapshots$.next(commit.snapshot);
      this.delivered$.next(commit);
      // By a subscription, so that RxJS reports the error of a handler that throws.
      // eslint-disable-next-line rxjs-x/no-ignored-error -- an array has none
      from(commit.indexErrors).subscribe((error) => this.onIndexError(error));
    });
  }
}

/**
 * Makes a {@link Store}: empty, and fed by events or by methods. Throws a TypeError for an option that is not a function.
 *
 * ```ts
 * const pods = store<Raw<V1Pod>>();
 * reflector(podListerWatcher).subscribe(pods);
 * pods.snapshot$.subscribe((snapshot) => render(snapshot.list()));
 * ```
 */
export function store<T extends KubernetesObject, I extends string = never>(options?: StoreOptions<T, I>): Store<T, I> {
  return new Store(options);
}

/** All subscribers get the same objects. */
function freeze<T extends KubernetesObject, I extends string>(commit: Commit<T, I>): void {
  for (const event of commit.events) Object.freeze(event);
  Object.freeze(commit.events);
  Object.freeze(commit.indexErrors);
  Object.freeze(commit);
}

function impureFunction(): StoreError {
  const message = 'a function that was asked about a change (an index function, an intern, a ttl) wrote to the store';
  return new StoreError({ reason: 'ImpureFunction', message });
}
