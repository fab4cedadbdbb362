import type { KubeError } from './errors/kube-error.ts';
import type { Refusal } from './errors/refusal.ts';
import type { HoldReason } from './hold-reason.ts';

/** What a reflector is doing: fetching pages, receiving a streaming list, or watching changes. */
export type Phase = 'listing' | 'streaming' | 'watching';

/** The whole state, in one step. It replaces whatever state a consumer holds. */
export interface Replaced<T> {
  readonly type: 'Replaced';
  readonly objects: readonly T[];
  /** Empty where the server gives lists no version. */
  readonly resourceVersion: string;
}

/**
 * A change in the server's words. `Added` and `Updated` are both upserts. `Deleted` may also mean that the object no longer
 * matches the selector. `resourceVersion` is the version of the change; where the server sent none, the last one that is known.
 * After a list without a version it is empty, whatever version the object has.
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

/** The resync timer went off: consumers look at everything again that they hold. It carries no state. */
export interface Sync {
  readonly type: 'Sync';
}

/**
 * A request is about to be sent. Conclude: the reflector is trying, no stream is open, and whether the server answers is not
 * known yet. A list says so once, not for each page, and again before a page that failed is asked for again. A watch whose
 * version is verified first says so twice.
 */
export interface Requested {
  readonly type: 'Requested';
  readonly phase: Phase;
  /** How many objects of the list are there already: only where a page that failed is asked for again. */
  readonly received?: number;
}

/**
 * The server has accepted a stream. Conclude: the reflector is connected. With `watching`, what the last `Replaced` and
 * the changes since have told is kept up to date from now on; with `streaming`, the state is still to come. A streaming
 * list says `watching` after its `Replaced`, because it goes on as a watch. A paged list never says so. Do not conclude
 * that the watch will last: some servers accept a watch and end it at once, which is what `Settled` is for.
 */
export interface Opened {
  readonly type: 'Opened';
  readonly phase: 'streaming' | 'watching';
}

/**
 * How far a list is. Conclude: the server answers. The state is not complete yet; it comes whole, as `Replaced`. A
 * paged list says so after each page, a streaming list after each 500 objects (`pageSize`) and every 10 s, also where
 * nothing has come since.
 */
export interface Received {
  readonly type: 'Received';
  readonly phase: 'listing' | 'streaming';
  /** The objects of this list so far. */
  readonly received: number;
  /** How many objects are still to come, where the server says so. */
  readonly remaining?: number;
}

/**
 * The watch has been open for a minute, whether or not it had anything to tell. Conclude: it works, and the failures before
 * it are over.
 */
export interface Settled {
  readonly type: 'Settled';
}

/**
 * The server has no watch for this resource: it answered 405. Conclude: what the last `Replaced` told is as fresh as a list can
 * keep it. The next list comes in `relistIn` milliseconds, and so on; a watch is asked for again after each.
 */
export interface Unwatched {
  readonly type: 'Unwatched';
  readonly relistIn: number;
}

/**
 * The request is held back on this side, or what was open is given back. Conclude: no stream is open, and nothing has failed.
 * `Requested` follows when it is sent.
 */
export interface HeldBack {
  readonly type: 'HeldBack';
  readonly phase: Phase;
  readonly reason: HoldReason;
}

/** A failure, as a value. Consumers keep their state, which is stale until the reflector is back. */
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
 * The server sent objects that no cache can hold, because they have no key. They are left out, everything else goes on, and
 * consumers have nothing to do. A list says so before its `Replaced`, and each further list says so again.
 */
export interface Refused extends Refusal {
  readonly type: 'Refused';
}

/** What a reflector says. It never errors and never completes: failures are values. */
export type CacheEvent<T> =
  | Replaced<T>
  | Changed<T>
  | Bookmark
  | Sync
  | Requested
  | Opened
  | Received
  | Settled
  | Unwatched
  | HeldBack
  | Interrupted
  | Refused;

/** A record, so that a type that is missing here does not compile. */
const types = {
  Replaced: true,
  Added: true,
  Updated: true,
  Deleted: true,
  Bookmark: true,
  Sync: true,
  Requested: true,
  Opened: true,
  Received: true,
  Settled: true,
  Unwatched: true,
  HeldBack: true,
  Interrupted: true,
  Refused: true,
} satisfies Record<CacheEvent<unknown>['type'], true>;

/** What is wrong with an event: an unknown type, or a `Replaced` without an array. `undefined` if nothing is. Checks no objects. */
export function flawOfEvent(event: CacheEvent<unknown>): string | undefined {
  const given = event as CacheEvent<unknown> | null | undefined;
  if (!Object.hasOwn(types, String(given?.type))) return 'invalid cache event';
  if (event.type === 'Replaced' && !Array.isArray(event.objects)) return 'the objects of Replaced are not an array';
  return undefined;
}
