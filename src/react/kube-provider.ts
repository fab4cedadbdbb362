import { type Context, createContext, createElement, type ReactNode, useContext } from 'react';
import type { KubeFactory } from './kube-factory.ts';
import { type KubePage, pageOf } from './kube-page.ts';

const KubeContext: Context<KubePage | undefined> = createContext<KubePage | undefined>(undefined);

/** The properties of {@link KubeProvider}. */
export interface KubeProviderProps {
  /** Where informers come from. Make it once, outside of components: two factories are two watches. */
  readonly factory: KubeFactory;
  readonly children?: ReactNode;
}

/**
 * Gives the components below it the informers of a factory. It starts nothing: a resource is watched while a component shows it, and a
 * second longer. Providers of the same factory share everything.
 *
 * ```ts
 * import { createElement } from 'react';
 * import { fetchHttpClient, informerFactory } from 'kuberx/http';
 *
 * const factory = informerFactory(fetchHttpClient({ server: '/k8s' }));
 * const page = createElement(KubeProvider, { factory }, 'the page');
 * ```
 */
export function KubeProvider({ factory, children }: KubeProviderProps): ReactNode {
  const given: unknown = factory;
  if (typeof (Object(given) as Partial<KubeFactory>).informer !== 'function')
    throw new TypeError('KubeProvider takes a factory, as informerFactory of kuberx/http returns it.');
  return createElement(KubeContext.Provider, { value: pageOf(factory) }, children);
}

/** The sources of the provider above. Throws an Error that names the hook where there is none. */
export function useKubePage(hook: string): KubePage {
  const page = useContext(KubeContext);
  if (page === undefined)
    throw new Error(`${hook} needs a KubeProvider above its component: <KubeProvider factory={informerFactory(…)}>.`);
  return page;
}
