import { type CacheEvent, flawOfEvent } from '../protocol/cache-event.ts';
import type { Intern } from '../protocol/intern.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { isKeyOf } from '../protocol/objects/object-key.ts';
import { Admitted } from './admitted.ts';
import { storeKey } from './store-key.ts';
import type { Snapshot } from './snapshot.ts';
import { StoreError } from './store-error.ts';

/**
 * The doorway of a store, which each object passes once: its key is computed, it is checked, and `intern` shares and freezes
 * it, against what the snapshot holds under the same key. The caller may give the key where it is known; anything else is
 * ignored, such as the index that the `map` of an array gives.
 *
 * Throws a `StoreError` `MalformedObject` for an object without a key, and where `intern` returns an object with another key.
 */
export function admit<T extends KubernetesObject, I extends string>(
  snapshot: Snapshot<T, I>,
  object: T,
  intern: Intern<T>,
  given?: unknown,
): Admitted<T> {
  const key = isKeyOf(given, object) ? given : storeKey(object);
  const previous = snapshot.getByKey(key);
  const interned = intern(previous, object);
  const isKnown = interned === object || (previous !== undefined && interned === previous);
  if (!isKnown && storeKey(interned) !== key) throw otherObject(key);
  return new Admitted(key, interned);
}

/**
 * The event with its objects admitted: the stage before {@link reduceSnapshot}. Objects that are admitted already are taken as
 * they are, so that no object is keyed, checked or interned twice. `intern` shares them with what the snapshot holds; by
 * default they are only checked and keyed. Throws a `StoreError`: `MalformedObject` for an object without a key,
 * `MalformedEvent` for a value that is not a cache event.
 *
 * ```ts
 * const intern = interner<Raw<V1Pod>>();
 * const snapshot$ = reflector(podListerWatcher).pipe(
 *   scan((snapshot, event) => reduceSnapshot(snapshot, admitEvent(snapshot, event, intern)), emptySnapshot<Raw<V1Pod>>()),
 * );
 * ```
 */
export function admitEvent<T extends KubernetesObject, I extends string = never>(
  snapshot: Snapshot<T, I>,
  event: CacheEvent<T | Admitted<T>>,
  intern: Intern<T> = unchanged,
): CacheEvent<Admitted<T>> {
  const flaw = flawOfEvent(event);
  if (flaw !== undefined) throw new StoreError({ reason: 'MalformedEvent', message: flaw });
  const admitted = (object: T | Admitted<T>): Admitted<T> =>
    object instanceof Admitted ? object : admit(snapshot, object, intern);
  switch (event.type) {
    case 'Replaced':
      // `map` would leave out the holes of an array.
      return { ...event, objects: Array.from(event.objects, admitted) };
    case 'Added':
    case 'Updated':
    case 'Deleted':
      return { ...event, object: admitted(event.object) };
    case 'Bookmark':
    case 'Sync':
    case 'Requested':
    case 'Opened':
    case 'Received':
    case 'Settled':
    case 'Unwatched':
    case 'HeldBack':
    case 'Interrupted':
    case 'Refused':
      return event;
  }
}

function unchanged<T>(_previous: T | undefined, object: T): T {
  return object;
}

function otherObject(key: string): StoreError {
  return new StoreError({ reason: 'MalformedObject', message: `an intern returned another object for ${key}` });
}
