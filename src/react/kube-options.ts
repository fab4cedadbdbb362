import type { Selectors } from '../protocol/collection-options.ts';
import type { ViewOptions } from '../views/view.ts';

/** Which objects a hook reads: what is listed and watched at the server. Equal values are one informer, for all components. */
export interface KubeScope {
  /**
   * One list and watch for each of these namespaces, for users who may not read all of them: one that answers 403 is named by `denied`,
   * and the others go on. Default: all namespaces in one watch. To narrow down what is watched already, use `where`.
   */
  readonly namespaces?: readonly string[] | undefined;
  /** Selectors that the server applies. Another selector is another list; `where` and `labelSelector` select without one. */
  readonly server?: Selectors | undefined;
}

/** The options of `useKube`. */
export interface KubeOptions<T> extends Omit<ViewOptions<T>, 'namespaces' | 'onError' | 'scheduler'>, KubeScope {
  /**
   * What the functions of these options read besides the object, as for `useMemo`. While these values are the same, a function that a
   * render makes anew, of the same text, counts as the one before it. Without it, functions count by identity: put them into constants
   * or into `useCallback`.
   */
  readonly deps?: readonly unknown[] | undefined;
  /**
   * For what cannot be virtualised, such as a tree of thousands of elements: renders in a transition, which does not block typing.
   * Until it is through, other components may show a later moment. Default false.
   */
  readonly transition?: boolean | undefined;
}
