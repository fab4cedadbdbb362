import { asyncScheduler, type SchedulerLike, Subscription } from 'rxjs';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { MutationOverlay } from '../../store/overlay/mutation-overlay.ts';
import type { Watched } from './watched.ts';

const overlays = new WeakMap<object, MutationOverlay<KubernetesObject>>();
const users = new WeakMap<object, number>();

/**
 * The overlay of an informer: one for all controllers of this process that read the informer, so that a write of one is visible to
 * all. Objects of an informer of metadata are cut to metadata. The scheduler of the first call counts.
 */
export function overlayOf(
  informer: Watched,
  scheduler: SchedulerLike = asyncScheduler,
): MutationOverlay<KubernetesObject> {
  const known = overlays.get(informer);
  if (known !== undefined) return known;
  const { store, metadataOnly, selects } = informer;
  const transform = (object: KubernetesObject): KubernetesObject =>
    informer.transform(metadataOnly ? metadataOf(object) : object);
  const overlay = new MutationOverlay<KubernetesObject>({ store, selects } as never, { transform, scheduler });
  overlays.set(informer, overlay);
  return overlay;
}

/**
 * Uses the overlay of an informer until it is unsubscribed. With its last user the overlay forgets its writes, and leaves no timer
 * that would keep a process alive.
 */
export function useOverlay(informer: Watched, scheduler?: SchedulerLike): Subscription {
  const count = (by: number): number => {
    const now = (users.get(informer) ?? 0) + by;
    users.set(informer, now);
    return now;
  };
  count(1);
  return new Subscription(() => {
    if (count(-1) === 0) overlayOf(informer, scheduler).clear();
  });
}

function metadataOf({ metadata }: KubernetesObject): KubernetesObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
