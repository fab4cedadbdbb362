import type { CacheEvent, KubernetesObject } from 'kuberx';
import { buildObject } from 'kuberx/testing';
import { type Commit, commitOf } from '#src/store/commit.ts';
import { emptySnapshot } from '#src/store/snapshot.ts';

/** A pod in a phase. */
export const pod = (key: string, version: string, phase?: string): KubernetesObject =>
  buildObject(key, version, phase === undefined ? {} : { status: { phase } });

/** The complete state of these pods. */
export const replaced = (
  objects: readonly KubernetesObject[],
  resourceVersion = '1',
): CacheEvent<KubernetesObject> => ({
  type: 'Replaced',
  objects,
  resourceVersion,
});

/** A change to a pod. */
export const change = (
  type: 'Added' | 'Updated' | 'Deleted',
  object: KubernetesObject,
): CacheEvent<KubernetesObject> => ({ type, object, resourceVersion: object.metadata.resourceVersion! });

/** The commits of a store that gets these events. */
export function commitsOf(events: readonly CacheEvent<KubernetesObject>[]): Commit<KubernetesObject>[] {
  let snapshot = emptySnapshot<KubernetesObject>();
  return events.map((event) => {
    const commit = commitOf(snapshot, event);
    snapshot = commit.snapshot;
    return commit;
  });
}
