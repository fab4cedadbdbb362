import type { CacheEvent, Changed, Replaced } from '../protocol/cache-event.ts';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Change } from './contents/change.ts';
import { admitEvent } from './admit.ts';
import type { Admitted } from './admitted.ts';
import type { Contents } from './contents/contents.ts';
import { isNewer, isSameObject, isSameRevision } from '../protocol/objects/identity.ts';
import { IndexFailures, type OnIndexFailure } from './contents/index-failure.ts';
import { Snapshot, type SnapshotState } from './snapshot.ts';
import type { StoreError } from './store-error.ts';

const none: readonly never[] = Object.freeze([]);

/** One step of a store: the snapshots before and after it, and the changes between them. */
export interface Commit<T extends KubernetesObject, I extends string = never> {
  readonly previous: Snapshot<T, I>;
  /** `previous` itself where nothing changed. */
  readonly snapshot: Snapshot<T, I>;
  /** In the commit of a `Replaced`, deletions come first. Empty if only the version advanced. */
  readonly events: readonly InformerEvent<T>[];
  /**
   * One `IndexFunction` error for each index whose function failed in this step for objects that it had not left out before.
   * The error names the first of these objects.
   */
  readonly indexErrors: readonly StoreError[];
}

/**
 * Returns the snapshot after an event; the same snapshot if the event changes nothing. Pure: a `scan` gives the snapshots of a
 * `Store`. {@link commitOf} has the rules and the errors.
 *
 * ```ts
 * const snapshot$ = reflector(podListerWatcher).pipe(scan(reduceSnapshot, emptySnapshot<Raw<V1Pod>>()));
 * ```
 */
export function reduceSnapshot<T extends KubernetesObject, I extends string = never>(
  snapshot: Snapshot<T, I>,
  event: CacheEvent<T | Admitted<T>>,
): Snapshot<T, I> {
  return commitOf(snapshot, event).snapshot;
}

/**
 * Returns the commit that an event leads to. Pure.
 *
 * - `Replaced` replaces all objects in one step. A stored object that it lacks was deleted unseen. An object of the same
 *   revision keeps its identity. If several objects have one key, the last one counts.
 * - `Added` and `Updated` are upserts. An object that is not newer than the stored one of the same uid is dropped. If the two
 *   versions cannot be ordered, it is stored; if they are equal, it is dropped.
 * - `Deleted` deletes whatever its version, unless the stored object has another uid. The `deleted` event carries the object
 *   of this event.
 * - A new uid under a known key is an unseen deletion and an addition. Objects without a uid are compared by key.
 * - `Bookmark` advances the version. All other events change nothing.
 *
 * If an index function fails for an object, the object is stored and left out of that index, so that one bad object costs
 * neither a list nor later changes. `indexErrors` reports it once, `snapshot.unindexedKeys` at any time.
 *
 * Throws a `StoreError` for an object without a key and for an invalid event. Nothing has changed then, and the next event can
 * be applied to the same snapshot.
 *
 * ```ts
 * const { snapshot, events } = commitOf(emptySnapshot<Raw<V1Pod>>(), {
 *   type: 'Added',
 *   object: pod,
 *   resourceVersion: '7',
 * });
 * console.log(snapshot.size, events[0]?.type);
 * ```
 */
export function commitOf<T extends KubernetesObject, I extends string = never>(
  snapshot: Snapshot<T, I>,
  event: CacheEvent<T | Admitted<T>>,
): Commit<T, I> {
  return commitAdmitted(snapshot, admitEvent(snapshot, event));
}

/** {@link commitOf} of an event whose objects are admitted. */
export function commitAdmitted<T extends KubernetesObject, I extends string>(
  snapshot: Snapshot<T, I>,
  event: CacheEvent<Admitted<T>>,
): Commit<T, I> {
  const failures = new IndexFailures();
  const commit = commitWith(snapshot, event, failures.add);
  const indexErrors = failures.errors();
  return indexErrors.length === 0 ? commit : { ...commit, indexErrors };
}

/** {@link commitAdmitted}, where `onFailure` decides about index functions that fail: a write by method throws. */
export function commitWith<T extends KubernetesObject, I extends string>(
  snapshot: Snapshot<T, I>,
  event: CacheEvent<Admitted<T>>,
  onFailure: OnIndexFailure,
): Commit<T, I> {
  switch (event.type) {
    case 'Replaced':
      return commitReplaced(snapshot, event, onFailure);
    case 'Added':
    case 'Updated':
      return commitUpsert(snapshot, event, onFailure);
    case 'Deleted':
      return commitDeleted(snapshot, event, onFailure);
    case 'Bookmark':
      return committed(snapshot, snapshot.contents, { resourceVersion: later(snapshot, event.resourceVersion) });
    case 'Sync':
    case 'Requested':
    case 'Opened':
    case 'Received':
    case 'Settled':
    case 'Unwatched':
    case 'HeldBack':
    case 'Interrupted':
    case 'Refused':
      return committed(snapshot, snapshot.contents, {});
  }
}

function commitUpsert<T extends KubernetesObject, I extends string>(
  snapshot: Snapshot<T, I>,
  { object: { key, object }, resourceVersion }: Changed<Admitted<T>>,
  onFailure: OnIndexFailure,
): Commit<T, I> {
  const before = snapshot.getByKey(key);
  const isSame = before !== undefined && isSameObject(before, object);
  if (isSame && isOutdated(object, before)) return committed(snapshot, snapshot.contents, {});
  const events = isSame ? [updated(before, object)] : replacedUnseen(before, object);
  const contents = snapshot.contents.with([{ key, before, after: object }], onFailure);
  return committed(snapshot, contents, { resourceVersion: later(snapshot, resourceVersion) }, events);
}

function commitDeleted<T extends KubernetesObject, I extends string>(
  snapshot: Snapshot<T, I>,
  { object: { key, object }, resourceVersion }: Changed<Admitted<T>>,
  onFailure: OnIndexFailure,
): Commit<T, I> {
  const before = snapshot.getByKey(key);
  if (before === undefined || !isSameObject(before, object)) return committed(snapshot, snapshot.contents, {});
  const contents = snapshot.contents.with([{ key, before, after: undefined }], onFailure);
  return committed(snapshot, contents, { resourceVersion: later(snapshot, resourceVersion) }, [
    { type: 'deleted', object, finalStateUnknown: false },
  ]);
}

function commitReplaced<T extends KubernetesObject, I extends string>(
  snapshot: Snapshot<T, I>,
  { objects, resourceVersion }: Replaced<Admitted<T>>,
  onFailure: OnIndexFailure,
): Commit<T, I> {
  const held = snapshot.contents.objects;
  const listed = new Map<string, T>();
  for (const { key, object } of objects) listed.set(key, object);
  const changes: Change<T>[] = [];
  const deletions: InformerEvent<T>[] = [];
  const others: InformerEvent<T>[] = [];
  held.forEach((before, key) => {
    if (listed.has(key)) return;
    changes.push({ key, before, after: undefined });
    deletions.push(deletedUnseen(before));
  });
  for (const [key, after] of listed) {
    const before = held.get(key);
    if (before !== undefined && isSameRevision(before, after)) {
      listed.set(key, before);
      continue;
    }
    changes.push({ key, before, after });
    if (before !== undefined && isSameObject(before, after)) {
      others.push(updated(before, after));
    } else {
      if (before !== undefined) deletions.push(deletedUnseen(before));
      others.push({ type: 'added', object: after, isInInitialList: !snapshot.synced });
    }
  }
  const state = { synced: true, resourceVersion: resourceVersion || undefined };
  const contents = contentsAfter(snapshot.contents, listed, changes, onFailure);
  return committed(snapshot, contents, state, deletions.concat(others));
}

function contentsAfter<T extends KubernetesObject>(
  contents: Contents<T>,
  listed: ReadonlyMap<string, T>,
  changes: readonly Change<T>[],
  onFailure: OnIndexFailure,
): Contents<T> {
  if (changes.length === 0) return contents;
  // A write to a persistent map costs about 5 times as much as an entry of a new map.
  return changes.length * 5 < listed.size ? contents.with(changes, onFailure) : contents.replaced(listed, onFailure);
}

/** The commit to these contents and this state. Its snapshot is `previous` if neither differs. */
export function committed<T extends KubernetesObject, I extends string>(
  previous: Snapshot<T, I>,
  contents: Contents<T>,
  changed: Partial<SnapshotState>,
  events: readonly InformerEvent<T>[] = [],
): Commit<T, I> {
  const { revision, synced, resourceVersion } = previous;
  const state = { synced, resourceVersion, ...changed, revision: revision + 1 };
  const isUnchanged =
    contents === previous.contents && state.synced === synced && state.resourceVersion === resourceVersion;
  return {
    previous,
    snapshot: isUnchanged ? previous : new Snapshot<T, I>(state, contents),
    events,
    indexErrors: none,
  };
}

function isOutdated(object: KubernetesObject, held: KubernetesObject): boolean {
  return object === held || !isNewer(object.metadata.resourceVersion, held.metadata.resourceVersion);
}

function later(snapshot: SnapshotState, resourceVersion: string): string | undefined {
  return resourceVersion && isNewer(resourceVersion, snapshot.resourceVersion)
    ? resourceVersion
    : snapshot.resourceVersion;
}

function updated<T>(oldObject: T, object: T): InformerEvent<T> {
  return { type: 'updated', object, oldObject };
}

function deletedUnseen<T>(object: T): InformerEvent<T> {
  return { type: 'deleted', object, finalStateUnknown: true };
}

function replacedUnseen<T>(before: T | undefined, object: T): InformerEvent<T>[] {
  const added: InformerEvent<T> = { type: 'added', object, isInInitialList: false };
  return before === undefined ? [added] : [deletedUnseen(before), added];
}
