import type { KubeError } from './errors/kube-error.ts';
import type { Refusal } from './errors/refusal.ts';

/** What a reflector is doing: fetching pages, receiving a streaming list, or watching changes. */
export type Phase = 'listing' | 'streaming' | 'watching';

/** The whole state, in one step: whoever holds another one replaces it. */
export interface Replaced<T> {
  readonly type: 'Replaced';
  readonly objects: readonly T[];
  readonly resourceVersion: string;
}

/**
 * A change in the server's words. `Added` and `Updated` are upserts, whatever is held; `Deleted` may also mean that the
 * object left the selector. The version is the object's, and of `Deleted` the version of the deletion; where the server
 * sent none, it is the last one known.
 */
export interface Changed<T> {
  readonly type: 'Added' | 'Updated' | 'Deleted';
  readonly object: T;
  readonly resourceVersion: string;
}

/** Nothing changed up to this version. */
export interface Bookmark {
  readonly type: 'Bookmark';
  readonly resourceVersion: string;
}

/** The resync timer went off: consumers look again at all that they hold. A marker only; it carries no state. */
export interface Sync {
  readonly type: 'Sync';
}

/**
 * Where the reflector stands. One that is not `open` says that a request was sent, or, with `received` above 0, that a
 * page of a list came. One that is `open` tells of a stream that the server has accepted. Each stream tells so once when
 * its answer begins, a streaming list again with each of its parts, and as it becomes a watch; a further one of
 * `watching` says that the watch has been open for a minute.
 */
export interface Progress {
  readonly type: 'Progress';
  readonly phase: Phase;
  /** The objects of this phase so far. */
  readonly received: number;
  /** The server has accepted this stream: the reflector is connected. Never of a list. */
  readonly open?: true;
  /** How many objects are still to come, where the server says so. */
  readonly remaining?: number;
}

/** A failure, as a value. The state that consumers hold stays valid, and grows stale until the reflector is back. */
export interface Interrupted {
  readonly type: 'Interrupted';
  readonly error: KubeError;
  readonly phase: Phase;
  /** The number of failures in a row without progress, 1 for the first. */
  readonly attempt: number;
  /** Milliseconds until the next request. */
  readonly retryIn: number;
}

/**
 * The server sent objects that no cache can hold, because they have no key. They are left out, and all the rest goes on:
 * whoever holds a state has nothing to do. Of a list it comes before its `Replaced`, and again with each further list.
 */
export interface Refused extends Refusal {
  readonly type: 'Refused';
}

/** What a reflector says. It never errors and never completes: failures are values. */
export type CacheEvent<T> = Replaced<T> | Changed<T> | Bookmark | Sync | Progress | Interrupted | Refused;

const types: ReadonlySet<unknown> = new Set<CacheEvent<unknown>['type']>([
  'Replaced',
  'Added',
  'Updated',
  'Deleted',
  'Bookmark',
  'Sync',
  'Progress',
  'Interrupted',
  'Refused',
]);

/** What is wrong with an event: it has none of the types, or is a `Replaced` without an array. Objects are not looked at. */
export function flawOfEvent(event: CacheEvent<unknown>): string | undefined {
  const given = event as CacheEvent<unknown> | null | undefined;
  if (!types.has(given?.type)) return 'what was given is no cache event';
  if (event.type === 'Replaced' && !Array.isArray(event.objects)) return 'the objects of Replaced are no array';
  return undefined;
}
