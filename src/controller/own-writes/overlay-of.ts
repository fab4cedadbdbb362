import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { MutationOverlay } from '../../store/overlay/mutation-overlay.ts';
import type { Watched } from './watched.ts';

const overlays = new WeakMap<object, MutationOverlay<KubernetesObject>>();

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
  const { store, metadataOnly } = informer;
  const transform = (object: KubernetesObject): KubernetesObject =>
    informer.transform(metadataOnly ? metadataOf(object) : object);
  const overlay = new MutationOverlay<KubernetesObject>({ store } as never, { transform, scheduler });
  overlays.set(informer, overlay);
  return overlay;
}

function metadataOf({ metadata }: KubernetesObject): KubernetesObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
