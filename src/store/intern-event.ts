import type { CacheEvent } from '../protocol/cache-event.ts';
import type { Intern } from '../protocol/intern.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { checkEvent } from './check-event.ts';
import { storeKey } from './identity.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The event with its objects interned against those that the snapshot holds under the same keys: the stage before
 * `reduceSnapshot`. Events without objects are returned as they are. Throws a `StoreError` for an object without a key,
 * and for what is no event.
 */
export function internEvent<T extends KubernetesObject, I extends string = never>(
  intern: Intern<T>,
  snapshot: Snapshot<T, I>,
  event: CacheEvent<T>,
): CacheEvent<T> {
  const interned = (object: T): T => intern(snapshot.getByKey(storeKey(object)), object);
  checkEvent(event);
  switch (event.type) {
    case 'Replaced':
      return { ...event, objects: event.objects.map(interned) };
    case 'Added':
    case 'Updated':
    case 'Deleted':
      return { ...event, object: interned(event.object) };
    case 'Bookmark':
    case 'Sync':
    case 'Requested':
    case 'Opened':
    case 'Received':
    case 'Settled':
    case 'Interrupted':
    case 'Refused':
      return event;
  }
}
