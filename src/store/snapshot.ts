import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { Contents } from './contents/contents.ts';
import { isSameObject, isSameRevision } from '../protocol/objects/identity.ts';
import type { Indexers } from './contents/indexers.ts';
import { SnapshotReader } from './snapshot-reader.ts';

/** What a snapshot is made of besides its contents. */
export interface SnapshotState {
  readonly revision: number;
  readonly synced: boolean;
  readonly resourceVersion: string | undefined;
}

/** The state of a store at one moment. It never changes, costs little to keep, and reads equally fast however old it is. */
export class Snapshot<T extends KubernetesObject, I extends string = never> extends SnapshotReader<T, I> {
  /** 0 for the empty snapshot, one more for each that follows. */
  readonly revision: number;
  /** @internal */
  declare readonly contents: Contents<T>;

  /** @internal */
  constructor(state: SnapshotState, contents: Contents<T>) {
    super(state, contents);
    this.revision = state.revision;
  }

  /**
   * What leads from an older snapshot to this one: deletions first, then additions and updates. Between snapshots of one
   * store it takes time proportional to what changed, unless there was a compaction or a big `Replaced` in between; any
   * other snapshot can be given as well.
   *
   * Intermediate states are not seen, so every deletion has `finalStateUnknown`, and a new uid under an old key is a
   * deletion and an addition. Additions have `isInInitialList` where the older snapshot was not synced.
   */
  changesSince(older: Snapshot<T>): InformerEvent<T>[] {
    const deletions: InformerEvent<T>[] = [];
    const others: InformerEvent<T>[] = [];
    const isInInitialList = !older.synced;
    this.contents.objects.forEachDifference(older.contents.objects, (_key, before, after) => {
      if (before !== undefined && after !== undefined && isSameRevision(before, after)) return;
      if (before !== undefined && after !== undefined && isSameObject(before, after)) {
        others.push({ type: 'updated', object: after, oldObject: before });
        return;
      }
      if (before !== undefined) deletions.push({ type: 'deleted', object: before, finalStateUnknown: true });
      if (after !== undefined) others.push({ type: 'added', object: after, isInInitialList });
    });
    return deletions.concat(others);
  }
}

/** How a snapshot starts. */
export interface SnapshotOptions<T, I extends string> {
  /** The indexes to keep, none by default. An object that a function fails for is left out of that index. */
  readonly indexers?: Indexers<T, I>;
}

/** The snapshot before anything is known: revision 0, not synced, without objects. */
export function emptySnapshot<T extends KubernetesObject>(): Snapshot<T>;
export function emptySnapshot<T extends KubernetesObject, I extends string>(
  options: SnapshotOptions<T, I>,
): Snapshot<T, I>;
export function emptySnapshot<T extends KubernetesObject, I extends string>(
  options: SnapshotOptions<T, I> = {},
): Snapshot<T, I> {
  const state = { revision: 0, synced: false, resourceVersion: undefined };
  return new Snapshot<T, I>(state, Contents.empty<T>(options.indexers));
}
