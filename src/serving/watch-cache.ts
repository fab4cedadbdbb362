import { type Observable, Subject } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { CacheChange } from './cache-change.ts';
import { ChangeHistory } from './change-history.ts';
import { withChanges } from './ordered-revisions.ts';
import type { ResourceVersions } from './resource-versions.ts';
import { Revision, restamped } from './revision.ts';
import type { WrittenCache } from './served-cache.ts';
import type { ServedResource } from './served-resource.ts';

/**
 * The number of changes that a cache holds. Source: apiserver `storage/cacher/watch_cache.go`: between 100 and 102400.
 */
export const defaultHistorySize = 10_000;

/** The number of rebuilt states that are kept: one for each paged list that is likely under way. */
const keptStates = 8;

/** The parts of a {@link WatchCache}. */
export interface WatchCacheOptions {
  readonly resource: ServedResource;
  /** The counter of the objects' versions. Several caches may share it. */
  readonly versions: ResourceVersions;
  /** The oldest version that can be asked for. Default: the first version of the counter. */
  readonly floor?: bigint;
  /** The number of changes that are held for watches to resume from. Default: {@link defaultHistorySize}. */
  readonly historySize?: number;
}

/**
 * The state of one resource, its recent changes, and the states that can be rebuilt from them. A version is served
 * exactly or refused. A change is emitted once, in order, before the call that made it returns.
 */
export class WatchCache implements WrittenCache {
  readonly resource: ServedResource;
  readonly versions: ResourceVersions;
  readonly #revisions = new Map<string, Revision>();
  readonly #history: ChangeHistory;
  /** Watches cannot start at older versions, though their states may still be held. */
  #watchFloor: bigint;
  #ordered: readonly Revision[] = [];
  /** The keys that changed since `#ordered` was made. */
  readonly #touched = new Set<string>();
  readonly #rebuilt = new Map<bigint, readonly Revision[]>();
  readonly #changes$ = new Subject<CacheChange>();
  readonly #restarted$ = new Subject<void>();

  constructor({ resource, versions, floor = versions.first, historySize = defaultHistorySize }: WatchCacheOptions) {
    this.resource = resource;
    this.versions = versions;
    this.#history = new ChangeHistory(floor, historySize);
    this.#watchFloor = floor;
  }

  /** Every change from now on. Never completes. */
  get changes$(): Observable<CacheChange> {
    return this.#changes$;
  }

  /** Emits when the cache starts anew: every stream of it ends. */
  get restarted$(): Observable<void> {
    return this.#restarted$;
  }

  get size(): number {
    return this.#revisions.size;
  }

  /** The oldest version that can be watched from. */
  get oldestWatchable(): bigint {
    return this.#watchFloor > this.#history.floor ? this.#watchFloor : this.#history.floor;
  }

  get(key: string): Revision | undefined {
    return this.#revisions.get(key);
  }

  /** Sets an object with its own version, which has to be newer than all versions before. */
  put(object: KubernetesObject): Revision {
    const revision = new Revision(metaNamespaceKey(object), object, BigInt(object.metadata.resourceVersion ?? ''));
    const previous = this.#revisions.get(revision.key);
    this.#revisions.set(revision.key, revision);
    this.#record(new CacheChange(revision.key, revision.version, previous, revision));
    return revision;
  }

  /** Removes an object; the deletion has a version of its own. Does nothing for a key that is not held. */
  remove(key: string, version: bigint): void {
    const previous = this.#revisions.get(key);
    if (previous === undefined) return;
    this.#revisions.delete(key);
    this.#record(new CacheChange(key, version, previous, undefined));
  }

  /** All objects in key order. The array never changes. */
  ordered(): readonly Revision[] {
    if (this.#touched.size > 0) {
      const changes = new Map<string, Revision | undefined>();
      for (const key of this.#touched) changes.set(key, this.#revisions.get(key));
      this.#ordered = withChanges(this.#ordered, changes);
      this.#touched.clear();
    }
    return this.#ordered;
  }

  /** All objects in key order as they were at a version, or `undefined` if that state is no longer known. */
  orderedAt(version: bigint): readonly Revision[] | undefined {
    if (version < this.#history.floor) return undefined;
    const undone = this.#history.after(version);
    const [next] = undone;
    if (next === undefined) return this.ordered();
    const known = this.#rebuilt.get(next.version);
    if (known !== undefined) return known;
    const before = new Map<string, Revision | undefined>();
    for (const { key, previous } of undone) if (!before.has(key)) before.set(key, previous);
    const rebuilt = withChanges(this.ordered(), before);
    this.#rebuilt.set(next.version, rebuilt);
    for (const oldest of this.#rebuilt.keys()) if (this.#rebuilt.size > keptStates) this.#rebuilt.delete(oldest);
    return rebuilt;
  }

  /** The changes after a version, or `undefined` if some of them are no longer held. */
  changesAfter(version: bigint): readonly CacheChange[] | undefined {
    return version < this.oldestWatchable ? undefined : this.#history.after(version);
  }

  /**
   * Forgets the changes and states before a version: watches and lists of older versions are refused. Open streams go
   * on.
   */
  compact(version: bigint): void {
    this.#history.compact(version);
    this.#rebuilt.clear();
  }

  /** Starts anew with its objects: streams end, watches cannot start at older versions, older states are kept. */
  restart(): void {
    this.#watchFloor = this.versions.current;
    this.#restarted$.next();
  }

  /**
   * Starts anew with an earlier {@link ordered} as its state, after the counter went back to the version of that state.
   */
  load(ordered: readonly Revision[]): void {
    this.#revisions.clear();
    for (const revision of ordered) this.#revisions.set(revision.key, revision);
    this.#ordered = ordered;
    this.#touched.clear();
    this.restore();
  }

  /** Starts anew after the counter went back. The content is kept, with the new version where its own is newer. */
  restore(): void {
    const { current } = this.versions;
    for (const [key, revision] of this.#revisions) {
      if (revision.version <= current) continue;
      this.#revisions.set(key, restamped(revision, current));
      this.#touched.add(key);
    }
    this.#history.reset(current);
    this.#rebuilt.clear();
    this.restart();
  }

  #record(change: CacheChange): void {
    this.#touched.add(change.key);
    this.#history.push(change);
    // A request that waited for this version finds the change in the state. It must not get the change again.
    if (change.version > this.versions.current) this.versions.jump(change.version);
    this.#changes$.next(change);
  }
}
