import { useEffect, useRef } from 'react';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { Kube } from './kube.ts';
import type { KubeOptions } from './kube-options.ts';
import { useKubeProvided } from './kube-provider.ts';
import type { KubeSource } from './kube-source.ts';
import type { KubeView } from './kube-view.ts';
import { useKeptFunctions } from './use-kept-functions.ts';
import { useShown } from './use-shown.ts';
import { useSteadiness } from './use-steadiness.ts';

/** What a component shows of a view. */
export interface ShownRows<T extends KubernetesObject> {
  /** Of the view; with the rows of the options before, until there are rows of these. */
  readonly kube: Kube<T>;
  readonly source: KubeSource<T>;
  /** True where the component has shown the same objects before, by whatever options. */
  readonly isMounted: boolean;
}

/** What a component shows of a resource by these options. */
export function useKubeView<T extends KubernetesObject>(
  hook: 'useKube' | 'useKubeSuspense',
  resource: string,
  options: KubeOptions<T>,
): ShownRows<T> {
  const { page, hydration, moments } = useKubeProvided(hook);
  const selecting = useKeptFunctions<T>(options, options.deps);
  const source = page.source<T>(resource, options, hydration);
  const view = source.view(selecting);
  useSteadiness(
    view.shown,
    `${hook}('${resource}') got another function in its options with each of 40 changes, and makes another view each time. ` +
      'Move the function out of the component, wrap it in useCallback, or give deps.',
  );
  const readMoment = moments && (() => moments.of(source, hook === 'useKubeSuspense').kube(selecting));
  const kube = useShown(view.shown, options.transition === true, readMoment);
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
  return { kube: shown, source, isMounted };
}
