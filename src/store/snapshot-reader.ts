import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import type { Snapshot } from './snapshot.ts';

/** How a state is read: that of a {@link Snapshot}, or one with own writes laid over it. */
export type SnapshotReader<T extends KubernetesObject, I extends string = never> = Omit<
  Snapshot<T, I>,
  'contents' | 'changesSince'
>;
