import { useEffect, useRef } from 'react';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ObjectOf, ResourceString } from '../protocol/resource-types.ts';
import type { Kube } from './kube.ts';
import type { KubeOptions } from './kube-options.ts';
import { useKubePage } from './kube-provider.ts';
import type { KubeView } from './kube-view.ts';
import { useKeptFunctions } from './use-kept-functions.ts';
import { useShown } from './use-shown.ts';

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
  const view = useKubeView<ObjectOf<R>>('useKube', resource, options);
  return useRows(view, options.transition === true);
}

/** The view of a resource by these options. */
export function useKubeView<T extends KubernetesObject>(
  hook: string,
  resource: string,
  options: KubeOptions<T>,
): KubeView<T> {
  const page = useKubePage(hook);
  const selecting = useKeptFunctions<T>(options, options.deps);
  return page.source<T>(resource, options).view(selecting);
}

/** What a view shows; the rows of the options before, until there are rows of these. */
export function useRows<T extends KubernetesObject>(view: KubeView<T>, transition: boolean): Kube<T> {
  const kube = useShown(view.shown, transition);
  const before = useRef<{ readonly view: KubeView<T>; readonly kube: Kube<T> }>(undefined);
  const made = useRef<{ readonly of: Kube<T>; readonly rows: Kube<T>['rows']; readonly kube: Kube<T> }>(undefined);
  const last = before.current;
  let shown = kube;
  if (!kube.ready && kube.status.synced && last?.view.source === view.source && last.view !== view) {
    const { rows } = last.kube;
    if (made.current?.of !== kube || made.current.rows !== rows) {
      made.current = { of: kube, rows, kube: { ...kube, rows } };
    }
    shown = made.current.kube;
  }
  useEffect(() => {
    if (kube.ready || last?.view.source !== view.source) before.current = { view, kube };
  });
  return shown;
}
