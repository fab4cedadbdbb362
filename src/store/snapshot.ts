import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { Contents } from './contents/contents.ts';
import { isSameObject, isSameRevision } from '../protocol/objects/identity.ts';
import type { Indexers } from './contents/indexers.ts';
import { SnapshotReader } from './snapshot-reader.ts';

/** The parts of a snapshot besides its contents. */
export interface SnapshotState {
  readonly revision: number;
  readonly synced: boolean;
  readonly resourceVersion: string | undefined;
}

/** The state of a store at one moment. It never changes and costs little to keep. An old snapshot reads as fast as a new one. */
export class Snapshot<T extends KubernetesObject, I extends string = never> extends SnapshotReader<T, I> {
  /** 0 for the empty snapshot, one more for each that follows. */
  readonly revision: number;
  /** @internal */
  declare readonly contents: Contents<T>;

  /** @internal */
  constructor(state: SnapshotState, contents: Contents<T>) {
    super(state, contents);
    this.revision = state.revision;
    // All readers share it, and `commits$` goes by its revision.
    Object.freeze(this);
  }

  /**
   * Returns the events that lead from an older snapshot to this one: deletions first, then additions and updates. The older
   * snapshot may be any snapshot. Between two snapshots of one store the time is proportional to the number of changes, unless
   * a compaction or a big `Replaced` came between them.
   *
   * Intermediate states are not seen, so every deletion has `finalStateUnknown`, and a new uid under a known key is a deletion
   * and an addition. Additions have `isInInitialList` if the older snapshot was not synced.
   *
   * ```ts
   * const older = pods.snapshot$.value;
   * pods.commits$.subscribe(({ snapshot }) => console.log(snapshot.changesSince(older).length, 'changes since then'));
   * ```
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

/** The options of {@link emptySnapshot}. */
export interface SnapshotOptions<T, I extends string> {
  /** The indexes to keep. Default: none. If an index function fails for an object, that index leaves the object out. */
  readonly indexers?: Indexers<T, I>;
}

/**
 * Returns the snapshot before the first event: revision 0, not synced, without objects.
 *
 * ```ts
 * const empty = emptySnapshot<Raw<V1Pod>, 'node'>({ indexers: { node: (pod) => [pod.spec?.nodeName ?? ''] } });
 * console.log(empty.byIndex('node', 'worker-1').length);
 * ```
 */
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
