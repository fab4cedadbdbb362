import type { CacheEvent, Phase } from '../protocol/cache-event.ts';
import type { KubeError } from '../protocol/errors/kube-error.ts';
import type { HoldReason } from '../protocol/hold-reason.ts';
import type { Unanswered } from './unanswered.ts';

/**
 * What an informer is doing.
 *
 * - `idle`: it has not been started and has no seed, or it has stopped and dropped its state.
 * - `listing`, `streaming`, `watching`: a request of this kind was sent.
 * - `waiting`: the next request is due at `retryAt`, because a request failed, because the informer has just been started, or
 *   because the server has no watch and is listed at an interval (`updates` is `polled`). Or it is held back on this side (`held`), and
 *   `retryAt` is undefined.
 *   The first request is due at once, unless one was sent less than a second ago, or failed.
 * - `stopped`: nobody holds it. It has a state, kept or from its seed, and goes on from there when somebody holds it.
 */
export type InformerPhase = 'idle' | Phase | 'waiting' | 'stopped';

/**
 * How the server keeps a state up to date, which decides what is left of the guarantees.
 *
 * - `watched`: by a watch from the version of a list. All that the library promises.
 * - `unversioned`: the server gives lists no version. A change between a list and the opening of its watch is seen with the next
 *   list, after `watchTimeout` at most. A server that lags may take the state back until then.
 * - `polled`: the server has no watch, and is listed each `pollInterval`. The state is as old as the last list, what changed
 *   more than once in between is seen once, and a deletion is seen as its absence.
 */
export type InformerUpdates = 'watched' | 'unversioned' | 'polled';

/**
 * Where an informer stands: an immutable value. A change of an object does not change the status; the version up to which the
 * state is known is in the snapshot.
 */
export interface InformerStatus {
  readonly phase: InformerPhase;
  /** When the phase began, in milliseconds of the scheduler's time: those of `Date.now()` by default. */
  readonly since: number;
  /** True while there is a complete state: until it is dropped, some time after a stop (see `retain`). */
  readonly synced: boolean;
  /** How the server keeps the state up to date; `undefined` while there is none. It stays during a failure. */
  readonly updates: InformerUpdates | undefined;
  /**
   * True where there is a state and no open watch keeps it up to date, nor a list that is due where the server has no watch. While a watch that ended well is reopened this stays
   * false, unless the server does not answer within a second.
   */
  readonly stale: boolean;
  /** The number of failures in a row without progress; 0 while the last request is well, and before the first one. */
  readonly attempt: number;
  /** The last failure, also after it is over. */
  readonly lastError: KubeError | undefined;
  /** When the next request is due, on the same clock as `since`; only while `waiting`. */
  readonly retryAt: number | undefined;
  /** Why the request is held back on this side, as by a page that is hidden or signed out; only while `waiting`. */
  readonly held: HoldReason | undefined;
  /**
   * How many objects, or their values in an index, were left out: a function of the user failed on them, or they have no name.
   * One that comes again counts again.
   */
  readonly objectErrors: number;
  /** The last of these failures; a `KubeError` Malformed where an object has no name. */
  readonly lastObjectError: Error | undefined;
  /** How far a list is; only while `listing` or `streaming`. */
  readonly progress: { readonly received: number; readonly remaining: number | undefined } | undefined;
}

/** What changes a status: an event of the reflector, or of the informer itself. */
export type StatusEvent<T> =
  | CacheEvent<T>
  | { readonly type: 'Started'; readonly retryIn: number }
  | { readonly type: 'Stopped' | 'LetGo' }
  | Unanswered
  | { readonly type: 'ObjectError'; readonly error: Error; readonly count: number };

/** What a status depends on besides the event: the time, and the snapshot after the event. */
export interface StatusContext {
  readonly now: number;
  readonly snapshot: { readonly synced: boolean; readonly resourceVersion: string | undefined };
}

/** The status of an informer that was never started. */
export function initialStatus(now: number): InformerStatus {
  return {
    phase: 'idle',
    since: now,
    synced: false,
    updates: undefined,
    stale: false,
    attempt: 0,
    lastError: undefined,
    retryAt: undefined,
    held: undefined,
    objectErrors: 0,
    lastObjectError: undefined,
    progress: undefined,
  };
}

/** The status after an event. Returns the same object where nothing changes. Pure. */
export function reduceStatus<T>(status: InformerStatus, event: StatusEvent<T>, context: StatusContext): InformerStatus {
  const { now, snapshot } = context;
  const { synced } = snapshot;
  switch (event.type) {
    case 'Started': {
      const retryAt = now + event.retryIn;
      return { ...inPhase(status, 'waiting', now), synced, stale: synced, attempt: 0, retryAt, held: undefined };
    }
    case 'Stopped':
      return { ...inPhase(status, 'stopped', now), synced, stale: synced, attempt: 0 };
    case 'LetGo':
      return { ...inPhase(status, 'idle', now), synced, updates: undefined, stale: false, attempt: 0 };
    case 'Requested': {
      const next = inPhase(status, event.phase, now);
      return event.phase === 'watching' ? next : withProgress(next, event.received ?? 0, undefined);
    }
    case 'Opened': {
      const next = inPhase(status, event.phase, now);
      return event.phase === 'watching' ? watched(next, snapshot) : withProgress(next, 0, undefined);
    }
    case 'Received':
      return withProgress(inPhase(status, event.phase, now), event.received, event.remaining);
    case 'Replaced': {
      // Whether a server that had no watch has one by now is told by the next watch.
      const next = status.updates === 'polled' ? upToDate(status) : watched(status, snapshot);
      return next.synced === synced ? next : { ...next, synced };
    }
    case 'Added':
    case 'Updated':
    case 'Deleted':
    case 'Bookmark':
    case 'Settled':
      return watched(inPhase(status, 'watching', now), snapshot);
    case 'Unwatched': {
      const next = upToDate(inPhase(status, 'waiting', now));
      return { ...next, updates: 'polled', retryAt: now + event.relistIn, held: undefined };
    }
    case 'HeldBack': {
      const next = { ...inPhase(status, 'waiting', now), stale: synced, retryAt: undefined, held: event.reason };
      return isSame(status, next) ? status : next;
    }
    case 'Interrupted': {
      const { attempt, error, retryIn } = event;
      const next = inPhase(status, 'waiting', now);
      return { ...next, stale: synced, attempt, lastError: error, retryAt: now + retryIn, held: undefined };
    }
    case 'Unanswered':
      return synced && !status.stale ? { ...status, stale: true } : status;
    case 'ObjectError':
      return { ...status, objectErrors: status.objectErrors + event.count, lastObjectError: event.error };
    case 'Sync':
    case 'Refused':
      return status;
  }
}

function inPhase(status: InformerStatus, phase: InformerPhase, now: number): InformerStatus {
  if (status.phase === phase) return status;
  return { ...status, phase, since: now, retryAt: undefined, held: undefined, progress: undefined };
}

function isSame(status: InformerStatus, { phase, held, stale, retryAt }: InformerStatus): boolean {
  const { phase: before } = status;
  return before === phase && status.held === held && status.stale === stale && status.retryAt === retryAt;
}

function withProgress(status: InformerStatus, received: number, remaining: number | undefined): InformerStatus {
  const { progress } = status;
  if (progress?.received === received && progress.remaining === remaining) return status;
  return { ...status, progress: { received, remaining } };
}

function watched(status: InformerStatus, { resourceVersion }: StatusContext['snapshot']): InformerStatus {
  const updates = resourceVersion === undefined ? 'unversioned' : 'watched';
  return upToDate(status.updates === updates ? status : { ...status, updates });
}

function upToDate(status: InformerStatus): InformerStatus {
  return status.stale || status.attempt > 0 ? { ...status, stale: false, attempt: 0 } : status;
}
