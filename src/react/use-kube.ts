import type { ObjectOf, ResourceString } from '../protocol/resource-types.ts';
import type { Kube } from './kube.ts';
import type { KubeOptions } from './kube-options.ts';
import { useKubeView } from './use-kube-view.ts';

/**
 * The objects of a resource, ordered, selected and kept up to date, for as long as the component is mounted and visible. Components with
 * equal options share one informer, one order and one view. Values of all components change in the same moment, once a frame at most.
 *
 * Functions of the options count by identity. Write them outside of the component, wrap them in `useCallback`, or give `deps`.
 *
 * Throws an Error without a {@link KubeProvider}, and what `view` and the factory throw for invalid options.
 *
 * ```ts
 * const byName = [{ key: (pod: Raw<V1Pod>) => pod.metadata.name, natural: true }];
 * function usePodsOf(phase: string) {
 *   return useKube('v1/pods', { where: (pod) => pod.status?.phase === phase, orderBy: byName, deps: [phase] });
 * }
 * ```
 */
export function useKube<R extends ResourceString>(
  resource: R,
  options: KubeOptions<ObjectOf<R>> = {},
): Kube<ObjectOf<R>> {
  return useKubeView<ObjectOf<R>>('useKube', resource, options).kube;
}
