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

/** One step of a store: what it was, what it is, and what happened to its objects in between. */
export interface Commit<T extends KubernetesObject, I extends string = never> {
  readonly previous: Snapshot<T, I>;
  /** `previous` itself where nothing changed. */
  readonly snapshot: Snapshot<T, I>;
  /** Deletions come first in the commit of a `Replaced`. Empty where only the version advanced. */
  readonly events: readonly InformerEvent<T>[];
  /**
   * Of each index whose function failed in this step for objects that were not left out before: one `IndexFunction`, which
   * names the first of them.
   */
  readonly indexErrors: readonly StoreError[];
}

/**
 * The snapshot after an event; the same one where the event changes nothing. Pure: `scan(reduceSnapshot,
 * emptySnapshot<T>())` gives the snapshots of a `Store`. {@link commitOf} tells the rules and the errors.
 */
export function reduceSnapshot<T extends KubernetesObject, I extends string = never>(
  snapshot: Snapshot<T, I>,
  event: CacheEvent<T | Admitted<T>>,
): Snapshot<T, I> {
  return commitOf(snapshot, event).snapshot;
}

/**
 * The step that an event leads to.
 *
 * - `Replaced` swaps everything at once. What is missing in it was deleted unseen; objects of the same revision stay as
 *   they are; of several objects with one key the last counts.
 * - `Added` and `Updated` are upserts, whatever is held; one that is not newer than what is held of the same uid is
 *   dropped. Versions that cannot be ordered are accepted, equal ones dropped.
 * - `Deleted` deletes whatever its version, unless another uid is held; the event carries the object as it came with it.
 * - A new uid under an old key is an unseen deletion and an addition. Objects without a uid go by key.
 * - `Bookmark` advances the version. All other events change nothing.
 *
 * An object that an index function fails for is stored like any other, and left out of that index: one bad object must
 * not cost a list, nor the changes that follow. `indexErrors` tells it once, `snapshot.unindexedKeys` at any time.
 *
 * Throws a `StoreError` for an object without a key, and for what is no event. It then has changed nothing, and the next
 * event can be applied to the same snapshot.
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

/** {@link commitAdmitted}, with what to do about index functions that fail: a store refuses a write by method. */
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
  // A write to a persistent map costs about five times an entry of a new one.
  return changes.length * 5 < listed.size ? contents.with(changes, onFailure) : contents.replaced(listed, onFailure);
}

/** The step to these contents, with what else changed. It is none where nothing did. */
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
