import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { isSameObject } from '../../protocol/objects/identity.ts';
import type { PartedEvent } from './event-key.ts';

/**
 * What takes a consumer from what it last saw of a key to now, whatever happened in between: nothing, one event, or the
 * deletion and the addition where another object has the key now.
 */
export type NetChange<T> =
  | readonly []
  | readonly [PartedEvent<T>]
  | readonly [Extract<PartedEvent<T>, { type: 'deleted' }>, Extract<PartedEvent<T>, { type: 'added' }>];

/**
 * The change of a key after another event. `seen` is what the consumer last saw of it; where that is not known, an update
 * or a deletion says itself what was there. Pure.
 */
export function netChange<T extends KubernetesObject>(
  change: NetChange<T>,
  event: PartedEvent<T>,
  seen: T | undefined,
): NetChange<T> {
  const [first, second] = change;
  if (first === undefined) {
    return event.type === 'updated' && seen !== undefined ? [{ ...event, oldObject: seen }] : [event];
  }
  const { object } = event;
  if (event.type === 'deleted') {
    // Of an object that came and went in between the consumer never hears, only of the end of the one that it saw.
    if (second !== undefined) return [first];
    return first.type === 'added' && seen === undefined ? [] : [event];
  }
  if (first.type !== 'deleted') return [{ ...first, object }];
  if (second !== undefined) return [first, { ...second, object }];
  const oldObject = seen ?? first.object;
  const from = first.part === undefined ? {} : { part: first.part };
  if (isSameObject(oldObject, object)) return [{ type: 'updated', object, oldObject, ...from }];
  return [first, { type: 'added', object, isInInitialList: false, ...from }];
}
