import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { isSameObject } from '../store/identity.ts';

/**
 * What takes a consumer from what it last saw of a key to now, whatever happened in between. `seen` is what it last saw,
 * `now` what there is; `undefined` is nothing. Both are never `undefined`.
 */
export interface NetChange<T> {
  readonly seen: T | undefined;
  readonly now: T | undefined;
  /** Of an addition: it came with the first complete state. */
  readonly isInInitialList: boolean;
  /** The deletion of what was seen, as it was told; it counts unless the same object is back. */
  readonly deletion: Extract<InformerEvent<T>, { type: 'deleted' }> | undefined;
}

/** The change after another event of its key; `undefined` where there is nothing to tell any more. */
export function addChange<T extends KubernetesObject>(
  change: NetChange<T> | undefined,
  event: InformerEvent<T>,
): NetChange<T> | undefined {
  if (change === undefined) {
    switch (event.type) {
      case 'added':
        return { seen: undefined, now: event.object, isInInitialList: event.isInInitialList, deletion: undefined };
      case 'updated':
        return { seen: event.oldObject, now: event.object, isInInitialList: false, deletion: undefined };
      case 'deleted':
        return { seen: event.object, now: undefined, isInInitialList: false, deletion: event };
    }
  }
  if (event.type !== 'deleted') return { ...change, now: event.object };
  if (change.seen === undefined) return undefined;
  // The consumer hears of the object that it saw; of one that came and went in between it never does.
  const isOfSeen = change.deletion === undefined || isSameObject(change.seen, event.object);
  return { ...change, now: undefined, deletion: isOfSeen ? event : change.deletion };
}

/** The change as events, in order: one, or the deletion and the addition where another object has the key now. */
export function eventsOfChange<T extends KubernetesObject>(change: NetChange<T>): readonly InformerEvent<T>[] {
  const { seen, now, isInInitialList, deletion } = change;
  if (now === undefined) return deletion === undefined ? [] : [deletion];
  if (seen === undefined) return [{ type: 'added', object: now, isInInitialList }];
  if (deletion === undefined || isSameObject(seen, now)) return [{ type: 'updated', object: now, oldObject: seen }];
  return [deletion, { type: 'added', object: now, isInInitialList: false }];
}
