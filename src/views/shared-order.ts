import type { SchedulerLike } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { Order } from './order.ts';
import { type OrderBy, Ordering } from './ordering.ts';
import { partsOf, type ViewPart, type ViewSource } from './view-source.ts';

/** The orders of each source that somebody still has a view of. */
const orders = new WeakMap<object, readonly WeakRef<Order<KubernetesObject>>[]>();

/** Returns the order of a source by these keys: one for all who ask with the same functions and the same scheduler. */
export function sharedOrder<T extends KubernetesObject>(
  source: ViewSource<T>,
  orderBy: readonly OrderBy<T>[],
  scheduler: SchedulerLike,
): Order<T> {
  const parts = partsOf<ViewPart<T>>('view', source);
  const known = (orders.get(source) ?? []).filter((each) => each.deref() !== undefined);
  for (const each of known) {
    const order = each.deref() as Order<T> | undefined;
    if (order?.follower.scheduler === scheduler && order.ordering.isSame(orderBy)) return order;
  }
  const order = new Order(parts, new Ordering(orderBy), scheduler);
  orders.set(source, [...known, new WeakRef(order as unknown as Order<KubernetesObject>)]);
  return order;
}
