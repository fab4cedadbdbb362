import { use, useEffect } from 'react';
import type { ObjectOf, ResourceString } from '../protocol/resource-types.ts';
import type { Kube } from './kube.ts';
import type { KubeOptions } from './kube-options.ts';
import { settled } from './lease.ts';
import { useKubeView } from './use-kube-view.ts';

/**
 * What {@link useKube} returns, for a component in a `Suspense`: it waits until there is a complete state. It waits once: stale rows stay
 * in place, and so does the component with another `where` or `orderBy`. More than 2,000 objects then take a moment, see `ready`. Where the first request fails it does not wait on, so that the
 * component says why: `status` has the failure.
 *
 * A component that waits holds the watch for 10 s at a time, so that one that React has given up leaves nothing open.
 *
 * Throws what `useKube` throws.
 *
 * ```ts
 * function useNodeCount() {
 *   return useKubeSuspense('v1/nodes').rows.length;
 * }
 * ```
 */
export function useKubeSuspense<R extends ResourceString>(
  resource: R,
  options: KubeOptions<ObjectOf<R>> = {},
): Kube<ObjectOf<R>> {
  const { kube, source, isMounted } = useKubeView<ObjectOf<R>>('useKubeSuspense', resource, options);
  const { lease } = source;
  useEffect(() => lease.end(), [lease]);
  use(isMounted ? settled : lease.wait());
  return kube;
}
