import { useEffect, useRef } from 'react';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Kube } from './kube.ts';
import type { KubeOptions } from './kube-options.ts';
import { useKubeProvided } from './kube-provider.ts';
import type { KubeView } from './kube-view.ts';
import { useKeptFunctions } from './use-kept-functions.ts';
import { useShown } from './use-shown.ts';

/** The view of a resource by these options. */
export function useKubeView<T extends KubernetesObject>(
  hook: string,
  resource: string,
  options: KubeOptions<T>,
): KubeView<T> {
  const { page } = useKubeProvided(hook);
  const selecting = useKeptFunctions<T>(options, options.deps);
  return page.source<T>(resource, options).view(selecting);
}

/** What a component shows of a view. */
export interface ShownRows<T> {
  /** Of the view; with the rows of the options before, until there are rows of these. */
  readonly kube: Kube<T>;
  /** True where the component has shown the same objects before, by whatever options. */
  readonly isMounted: boolean;
}

/** What a component shows of a view, in which it remembers what it has shown before. */
export function useRows<T extends KubernetesObject>(view: KubeView<T>, transition: boolean): ShownRows<T> {
  const kube = useShown(view.shown, transition);
  const before = useRef<{ readonly view: KubeView<T>; readonly kube: Kube<T> }>(undefined);
  const made = useRef<{ readonly of: Kube<T>; readonly rows: Kube<T>['rows']; readonly kube: Kube<T> }>(undefined);
  const last = before.current;
  const isMounted = last?.view.source === view.source;
  let shown = kube;
  if (!kube.ready && kube.status.synced && isMounted && last.view !== view) {
    const { rows } = last.kube;
    if (made.current?.of !== kube || made.current.rows !== rows) {
      made.current = { of: kube, rows, kube: { ...kube, rows } };
    }
    shown = made.current.kube;
  }
  useEffect(() => {
    if (kube.ready || !isMounted) before.current = { view, kube };
  });
  return { kube: shown, isMounted };
}
