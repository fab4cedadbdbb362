import { type Context, createContext, createElement, type ReactNode, useContext, useMemo } from 'react';
import type { Published } from '../streams/published.ts';
import type { Dehydrated } from './dehydrated.ts';
import type { Dehydration } from './dehydration.ts';
import { type Hydration, hydrationOf } from './hydration.ts';
import type { ConnectionOfPage, KubeConnection } from './kube-connection.ts';
import type { KubeFactory } from './kube-factory.ts';
import { type KubePage, pageOf } from './kube-page.ts';
import type { Moments } from './moments.ts';
import { shownConnection } from './shown-connection.ts';

/** What a provider gives to the hooks below it. */
export interface KubeProvided {
  readonly page: KubePage;
  readonly connection: Published<KubeConnection>;
  /** What a server has rendered with; `undefined` where no server did. */
  readonly hydration: Hydration | undefined;
  /** What components show on a server, and while a browser takes its page over. */
  readonly moments: Moments | undefined;
}

const KubeContext: Context<KubeProvided | undefined> = createContext<KubeProvided | undefined>(undefined);

/** The properties of {@link KubeProvider}. */
export interface KubeProviderProps {
  /** Where informers come from. Make it once, outside of components: two factories are two watches. */
  readonly factory: KubeFactory;
  /** What the factory sends its requests through, where that knows more than the informers: what `useConnection` shows. */
  readonly connection?: ConnectionOfPage | undefined;
  /** In a browser: what `dehydrate` has returned on the server, so that the page goes on from there. */
  readonly hydrate?: Dehydrated | undefined;
  /** On a server: what remembers for `dehydrate` what this page shows. */
  readonly dehydration?: Dehydration | undefined;
  readonly children?: ReactNode;
}

/**
 * Gives the components below it the informers of a factory. It starts nothing: a resource is watched while a component shows it, and a
 * second longer. Providers of the same factory share everything.
 *
 * Throws a TypeError for an invalid factory, and for something else as `hydrate` than `dehydrate` has returned.
 *
 * ```ts
 * import { createElement } from 'react';
 * import { fetchHttpClient, informerFactory } from 'kuberx/http';
 *
 * const factory = informerFactory(fetchHttpClient({ server: '/k8s' }));
 * const page = createElement(KubeProvider, { factory }, 'the page');
 * ```
 */
export function KubeProvider({ factory, connection, hydrate, dehydration, children }: KubeProviderProps): ReactNode {
  const given: unknown = factory;
  if (typeof (Object(given) as Partial<KubeFactory>).informer !== 'function')
    throw new TypeError('KubeProvider takes a factory, as informerFactory of kuberx/http returns it.');
  const value = useMemo((): KubeProvided => {
    const page = pageOf(factory);
    const hydration = hydrate && hydrationOf(hydrate);
    return { page, connection: shownConnection(page, connection), hydration, moments: dehydration ?? hydration };
  }, [factory, connection, hydrate, dehydration]);
  return createElement(KubeContext.Provider, { value }, children);
}

/** What the provider above gives. Throws an Error that names the hook where there is none. */
export function useKubeProvided(hook: string): KubeProvided {
  const provided = useContext(KubeContext);
  if (provided === undefined)
    throw new Error(`${hook} needs a KubeProvider above its component: <KubeProvider factory={informerFactory(…)}>.`);
  return provided;
}
