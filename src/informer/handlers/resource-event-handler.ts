import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { checkedFunction } from '../../streams/checks/checked-function.ts';

/**
 * What happens to objects, in client-go's manner. Each method is optional. One that returns a promise is waited for, and so
 * is one that returns an Observable, which is subscribed to: a handler is called for one event at a time, in order.
 */
export interface ResourceEventHandler<T> {
  /** `isInInitialList`: it was there when the handler was added, or came with the first complete state. */
  onAdd?(object: T, isInInitialList: boolean): unknown;
  /** At a resync both are the same object. No second one of it comes while one waits for this handler. */
  onUpdate?(oldObject: T, object: T): unknown;
  /** `finalStateUnknown`: the deletion itself was missed, `object` is the last state that was seen. */
  onDelete?(object: T, finalStateUnknown: boolean): unknown;
}

/** Returns the handler, or throws a TypeError that says what it is instead: not later, for each event. */
export function checkedHandler<T>(handler: ResourceEventHandler<T>): ResourceEventHandler<T> {
  const given: unknown = handler;
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(
      `an event handler is an object, not ${given === null ? 'null' : typeof given}. Nothing was added.`,
    );
  }
  for (const name of ['onAdd', 'onUpdate', 'onDelete'] as const) {
    const method = (given as Readonly<Record<string, unknown>>)[name] ?? undefined;
    if (method !== undefined) checkedFunction(name, method);
  }
  return handler;
}

/**
 * A handler that is told of objects that pass a filter, as if there were no others: an update by which an object starts to
 * pass is an addition, and one by which it stops is a deletion of the object as it was. client-go's
 * FilteringResourceEventHandler.
 *
 * ```ts
 * pods.addEventHandler(
 *   filteringEventHandler((object) => object.spec?.nodeName === 'worker-1', {
 *     onAdd: (object) => console.log(object.metadata.name, 'came to the node'),
 *     onDelete: (object) => console.log(object.metadata.name, 'left it'),
 *   }),
 * );
 * ```
 */
export function filteringEventHandler<T extends KubernetesObject>(
  filter: (object: NoInfer<T>) => boolean,
  handler: ResourceEventHandler<T>,
): ResourceEventHandler<T>;
// Apart, because a filter that takes any object says nothing of the type of those that the handler gets.
export function filteringEventHandler<T extends KubernetesObject>(
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- as one, `T` would be inferred from this first
  filter: (object: T) => boolean,
  handler: ResourceEventHandler<T>,
): ResourceEventHandler<T>;
export function filteringEventHandler<T extends KubernetesObject>(
  filter: (object: T) => boolean,
  handler: ResourceEventHandler<T>,
): ResourceEventHandler<T> {
  return {
    onAdd: (object, isInInitialList) => (filter(object) ? handler.onAdd?.(object, isInInitialList) : undefined),
    onUpdate: (oldObject, object) => {
      const [before, after] = [filter(oldObject), filter(object)];
      if (before && after) return handler.onUpdate?.(oldObject, object);
      if (after) return handler.onAdd?.(object, false);
      return before ? handler.onDelete?.(oldObject, false) : undefined;
    },
    onDelete: (object, finalStateUnknown) =>
      filter(object) ? handler.onDelete?.(object, finalStateUnknown) : undefined,
  };
}
