import type { Observable } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import type { Cursor } from './cursor.ts';
import type { RetryPage } from './list-pages.ts';

declare const opaque: unique symbol;

/** Where a session starts. `retryWithBackoff` makes it and hands it to the next session; its contents are nobody else's. */
export interface SessionStart {
  readonly [opaque]: true;
}

/**
 * Runs one list and watch session when it is subscribed to: a list, then a watch. It completes when the server ends the
 * watch, and errors when anything fails. Without a start it lists first. `retryWithBackoff` makes a reflector of it.
 */
export type Session<T> = (from?: SessionStart) => Observable<CacheEvent<T>>;

/** What the operator that repeats a session tells it. */
export interface SessionContext {
  /** The scheduler's time of the last watch request: the next one comes at least a second later. Default: there was none. */
  readonly watchedAt?: number;
  /** Tells of a failed page and waits until it may be asked for again. Default: a failed page fails the session. */
  readonly retryPage?: RetryPage;
  /** Called when the server has answered a request and no event says so yet. */
  readonly answered?: () => void;
}

/** A {@link Session} as `retryWithBackoff` sees it. One that a user wrote ignores the context and has no more than its call. */
export interface ResumableSession<T> {
  (from?: Cursor, context?: SessionContext): Observable<CacheEvent<T>>;
  /** The resource in words, for errors. */
  readonly resource?: string | undefined;
  /** What the requests are sent to, where that is known. */
  readonly host?: string | undefined;
  /** Emits when what is due later shall be asked for now. */
  readonly nudged$?: Observable<unknown> | undefined;
}

/** A session as its users see it. */
export function opaqueSession<T>(session: ResumableSession<T>): Session<T> {
  return session as ResumableSession<unknown> as Session<T>;
}

/** A session as `retryWithBackoff` sees it. */
export function resumable<T>(session: Session<T>): ResumableSession<T> {
  return session as ResumableSession<unknown> as ResumableSession<T>;
}
