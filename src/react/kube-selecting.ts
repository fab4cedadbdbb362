import { checkedOrderBy } from '../views/ordering.ts';
import { identityOf } from './identity-of.ts';
import type { KubeOptions } from './kube-options.ts';

/** What of {@link KubeOptions} makes one view differ from another of the same source. */
export type KubeSelecting<T> = Pick<KubeOptions<T>, 'where' | 'until' | 'labelSelector' | 'orderBy'>;

/** A text for an order: equal for the same key functions in the same directions. Throws a TypeError for an invalid order. */
export function orderName<T>({ orderBy }: KubeSelecting<T>): string {
  const keys = checkedOrderBy<T>(orderBy);
  return JSON.stringify(keys.map(({ key, desc, natural }) => [identityOf(key), desc === true, natural === true]));
}

/** A text for all that makes a view differ from another. */
export function selectingName<T>(options: KubeSelecting<T>): string {
  const { where, until, labelSelector } = options;
  return JSON.stringify([orderName(options), identityOf(where), identityOf(until), identityOf(labelSelector)]);
}
