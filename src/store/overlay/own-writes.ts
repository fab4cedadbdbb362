import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { compareResourceVersions } from '../../protocol/objects/resource-version.ts';
import { isNewer, isSameObject } from '../../protocol/objects/identity.ts';
import { OverlaidContents } from './overlaid-contents.ts';
import type { PersistentMap } from '../contents/persistent-map.ts';
import type { Snapshot } from '../snapshot.ts';
import { SnapshotReader } from '../snapshot-reader.ts';

/** A write that a server has answered and that a snapshot does not show yet. */
export interface OwnWrite<T> {
  /** `left`: it was written, and is no longer among what is selected. */
  readonly type: 'written' | 'left' | 'deleted';
  readonly key: string;
  /** The object as the server answered, or as it was last seen before it was deleted. */
  readonly object: T;
  /** What the snapshot held under the key at the time. */
  readonly over: T | undefined;
}

/** Writes by key. Some may have been passed, and wait to be cleared away. */
export type OwnWrites<T> = PersistentMap<OwnWrite<T>>;

/** These writes and one more: the same ones where the snapshot has passed it, or another write of its key outdates it. */
export function withOwnWrite<T extends KubernetesObject, I extends string>(
  writes: OwnWrites<T>,
  snapshot: Snapshot<T, I>,
  write: OwnWrite<T>,
): OwnWrites<T> {
  const known = writes.get(write.key);
  if (isPassed(write, snapshot) || (known !== undefined && !supersedes(write, known))) return writes;
  return writes.set(write.key, write);
}

/** A snapshot as it will be when it has passed these writes; itself where there are none. */
export function overlaid<T extends KubernetesObject, I extends string>(
  snapshot: Snapshot<T, I>,
  writes: OwnWrites<T>,
): SnapshotReader<T, I> {
  if (writes.size === 0) return snapshot;
  const pending = (write: OwnWrite<T>): boolean => !isPassed(write, snapshot);
  const shown = ({ type, object }: OwnWrite<T>): T | undefined => (type === 'written' ? object : undefined);
  return new SnapshotReader<T, I>(
    snapshot,
    new OverlaidContents(snapshot.contents, {
      has: (key) => {
        const write = writes.get(key);
        return write !== undefined && pending(write);
      },
      get: (key) => {
        const write = writes.get(key);
        return write && shown(write);
      },
      entries: () =>
        writes
          .values()
          .filter(pending)
          .map((write) => [write.key, shown(write)]),
    }),
  );
}

/** Whether the snapshot shows what became of a write: the write itself, or what came after it. */
export function isPassed<T extends KubernetesObject, I extends string>(
  write: OwnWrite<T>,
  snapshot: Snapshot<T, I>,
): boolean {
  const held = snapshot.getByKey(write.key);
  return write.type === 'deleted' ? isGone(write, held) : isShown(write, held, snapshot.resourceVersion);
}

function isShown<T extends KubernetesObject>(
  { object, over }: OwnWrite<T>,
  held: T | undefined,
  resourceVersion: string | undefined,
): boolean {
  const version = object.metadata.resourceVersion;
  // A state is complete up to its version: a write that is not in it by then has been overwritten or deleted since, or is
  // none of those that are watched.
  const toSnapshot = order(version, resourceVersion);
  const toHeld = order(version, held?.metadata.resourceVersion);
  if ((toSnapshot ?? 1) <= 0 || (toHeld ?? 1) <= 0) return true;
  // A uid does not come back.
  if (held === undefined && over !== undefined && hasSameUid(over, object)) return true;
  // Versions that cannot be ordered: whatever has come since is the server's word.
  return toSnapshot === undefined && toHeld === undefined && held !== undefined && held !== over;
}

function isGone<T extends KubernetesObject>({ object, over }: OwnWrite<T>, held: T | undefined): boolean {
  if (held === undefined) return over !== undefined && isSameObject(over, object);
  const { resourceVersion, deletionTimestamp } = held.metadata;
  if (!isSameObject(held, object)) return isNewer(resourceVersion, object.metadata.resourceVersion);
  // A change from before the deletion may be on its way. One from after it tells that the object waits for its finalizers.
  const isLater = (order(resourceVersion, object.metadata.resourceVersion) ?? 0) > 0;
  return isLater && (Boolean(deletionTimestamp) || !hasSameUid(held, object));
}

function supersedes<T extends KubernetesObject>(write: OwnWrite<T>, known: OwnWrite<T>): boolean {
  const [version, of] = [write.object.metadata.resourceVersion, known.object.metadata.resourceVersion];
  // A deletion has no version of its own; it comes after all that its object was.
  if (known.type === 'deleted') return isNewer(version, of) && !hasSameUid(write.object, known.object);
  if (write.type === 'deleted') return isSameObject(write.object, known.object) || (order(version, of) ?? 0) > 0;
  return isNewer(version, of);
}

function hasSameUid(a: KubernetesObject, b: KubernetesObject): boolean {
  return Boolean(a.metadata.uid) && a.metadata.uid === b.metadata.uid;
}

function order(version: string | undefined, to: string | undefined): number | undefined {
  return version && to ? compareResourceVersions(version, to) : undefined;
}
