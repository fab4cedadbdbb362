import type { Observable } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { CacheChange } from './cache-change.ts';
import type { ResourceVersions } from './resource-versions.ts';
import type { Revision } from './revision.ts';
import type { ServedResource } from './served-resource.ts';

/** The state and the changes of one resource, as lists and watches are answered from them. */
export interface ServedCache {
  readonly resource: ServedResource;
  /** The counter of the objects' versions. */
  readonly versions: ResourceVersions;
  /** Every change from now on. Never completes. */
  readonly changes$: Observable<CacheChange>;
  /** Emits when the cache starts anew: every stream of it ends. */
  readonly restarted$: Observable<void>;
  readonly size: number;
  /** The oldest version that can be watched from. */
  readonly oldestWatchable: bigint;
  get(key: string): Revision | undefined;
  /** All objects in key order. The array never changes. */
  ordered(): readonly Revision[];
  /** All objects in key order as they were at a version, or `undefined` if that state is no longer known. */
  orderedAt(version: bigint): readonly Revision[] | undefined;
  /** The changes after a version, or `undefined` if some of them are no longer held. */
  changesAfter(version: bigint): readonly CacheChange[] | undefined;
}

/** A cache that can be written to. */
export interface WrittenCache extends ServedCache {
  /** Sets an object with its own version, which has to be newer than all versions before. */
  put(object: KubernetesObject): Revision;
  /** Removes an object; the deletion has a version of its own. Does nothing for a key that is not held. */
  remove(key: string, version: bigint): void;
}
