import type { HttpClient } from '../../transport/request/http-client.ts';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';

/**
 * How a page stands to its server.
 *
 * - `live`: all that is watched is kept up to date.
 * - `catching up`: requests are out that are not answered yet.
 * - `stale`: something is not kept up to date since then: a request failed and is due again, waits for its turn, or was given
 *   back because the page is hidden or was asleep.
 * - `offline`: the browser has no network.
 * - `signed out`: the server answered 401. Nothing is asked any more until `signedIn` is called.
 */
export type ConnectionState = 'live' | 'catching up' | 'stale' | 'offline' | 'signed out';

/** The streams of a page to one origin. */
export interface ConnectionStreams {
  /** How many were sent and have not ended. */
  readonly open: number;
  /** How many may be open at once, so that the page's other requests find a connection. */
  readonly allowed: number;
  /** How many are held back: for their turn, or until the page is shown, online or signed in. */
  readonly waiting: number;
}

/** Where a page stands: an immutable value. */
export interface Connection {
  readonly state: ConnectionState;
  /** When the state began, in milliseconds since 1970. A page that was asleep is stale since it fell asleep. */
  readonly since: number;
  readonly streams: ConnectionStreams;
  /** What the server denied (403) and is asked for again after minutes, in words: `v1/pods in shop`. In the order of their names. */
  readonly denied: readonly string[];
}

/** What a page asks its server through: an HTTP client, and what is known of the connection behind it. */
export interface PageConnection extends HttpClient {
  /** Where the page stands. Its `value` is there at any time; subscribing starts nothing. */
  readonly connection$: ReadonlyBehaviorSubject<Connection>;
  /** Sends what is due later now: what failed, and what was denied. Does nothing while the page is signed out. */
  readonly retryNow: () => void;
  /** The user has signed in: one request asks whether the server agrees, and all others follow its answer. */
  readonly signedIn: () => void;
}
