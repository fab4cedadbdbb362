import { DeletedFinalStateUnknown } from '../protocol/objects/deleted-final-state-unknown.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { metaNamespaceKey } from '../protocol/objects/object-key.ts';
import { isSameObject } from '../protocol/objects/identity.ts';
import type { Delta } from './delta.ts';
import type { KnownObjects } from './known-objects.ts';

/** What a delta says of one object. `Replaced`: it is part of the complete state; `Sync`: nothing happened, look again. */
export type ObjectDelta<T> =
  | { readonly type: 'Added' | 'Updated' | 'Replaced' | 'Sync'; readonly object: T }
  | { readonly type: 'Deleted'; readonly object: T | DeletedFinalStateUnknown<T> };

/**
 * What a delta says of each object, given what is known just before it is applied. Pure.
 *
 * A `ReplacedAll` becomes a tombstone for each known object that it does not have, then a `Replaced` for each one that it
 * has; of several with one key the last counts, and a known object under another uid is gone. A `SyncAll` becomes a `Sync`
 * for each known object. A `Bookmark` says nothing of any. Because the known objects are looked at when the delta is
 * processed, not when it was queued, deletions before it are taken into account and no stale object comes back.
 *
 * Throws a TypeError for what is not a delta.
 *
 * ```ts
 * const known = store<Raw<V1Pod>>();
 * const deltas = realFifo<Raw<V1Pod>>();
 * reflector(podListerWatcher).subscribe(deltas);
 * deltas.process(({ delta }) => {
 *   for (const { type, object } of expandDelta(delta, known)) console.log(type, object);
 *   known.next(cacheEventOf(delta));
 *   return EMPTY;
 * }).subscribe();
 * ```
 */
export function expandDelta<T extends KubernetesObject>(delta: Delta<T>, known: KnownObjects<T>): ObjectDelta<T>[] {
  switch (delta.type) {
    case 'ReplacedAll': {
      const listed = new Map(delta.objects.map((object) => [metaNamespaceKey(object), object]));
      const isListed = (object: T): boolean => {
        const successor = listed.get(metaNamespaceKey(object));
        return successor !== undefined && isSameObject(object, successor);
      };
      const gone = known.list().filter((object) => !isListed(object));
      return [
        ...gone.map((object) => deleted(new DeletedFinalStateUnknown(metaNamespaceKey(object), object))),
        ...Array.from(listed.values(), (object) => ({ type: 'Replaced', object }) as const),
      ];
    }
    case 'SyncAll':
      return known.list().map((object) => ({ type: 'Sync', object }));
    case 'Bookmark':
      return [];
    case 'Deleted':
      return [deleted(delta.object)];
    case 'Added':
    case 'Updated':
      return [{ type: delta.type, object: delta.object }];
    default:
      throw new TypeError('expandDelta takes an entry of a RealFifo');
  }
}

function deleted<T>(object: T | DeletedFinalStateUnknown<T>): ObjectDelta<T> {
  return { type: 'Deleted', object };
}
