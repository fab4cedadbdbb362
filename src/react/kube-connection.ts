import type { Source } from '../streams/source.ts';
import type { KubeStatus } from './kube-factory.ts';
import { isDenied } from './parts-status.ts';

/**
 * How a page stands to its server, best first.
 *
 * - `live`: all that components show is kept up to date, or they show nothing.
 * - `catching up`: something is not there yet.
 * - `stale`: something is not kept up to date: a request failed, or waits for its turn, or the page was hidden or asleep.
 * - `offline`: there is no network.
 * - `signed out`: the server no longer takes the credentials.
 */
export type ConnectionState = 'live' | 'catching up' | 'stale' | 'offline' | 'signed out';

/** Where a page stands. */
export interface StateSince {
  readonly state: ConnectionState;
  /** When the state began, in milliseconds since 1970; 0 where nothing was asked yet. */
  readonly since: number;
}

/** The streams of a page to its server. */
export interface StreamCounts {
  /** How many were sent and have not ended. */
  readonly open: number;
  /** How many may be open at once. */
  readonly allowed: number;
  /** How many are held back. */
  readonly waiting: number;
}

/** What `KubeProvider` takes of the connection of a page: a `PageConnection` of `kuberx/http` is one. */
export interface ConnectionOfPage {
  /** Where the page stands. */
  readonly connection$: Source<StateSince & { readonly streams?: StreamCounts | undefined }>;
  /** Sends now what is due later. */
  retryNow(): void;
  /** The user has signed in again. */
  signedIn(): void;
}

/** What a page shows of its connection. */
export interface KubeConnection extends StateSince {
  /** When the next request is due, in milliseconds since 1970. */
  readonly retryAt: number | undefined;
  /** What is held, and what the server forbids (403) of it: `v1/pods in shop`. */
  readonly denied: readonly string[];
  /** The streams of the page; `undefined` where `KubeProvider` has no `connection`. */
  readonly streams: StreamCounts | undefined;
  /** Sends now what is due later; `undefined` where `KubeProvider` has no `connection`. */
  readonly retryNow: (() => void) | undefined;
  /** Says that the user has signed in again; `undefined` where `KubeProvider` has no `connection`. */
  readonly signedIn: (() => void) | undefined;
}

/** A part of what is held, in words, and where it stands. */
export interface HeldPart {
  readonly name: string;
  readonly status: KubeStatus;
}

const order: readonly ConnectionState[] = ['live', 'catching up', 'stale', 'offline', 'signed out'];

/** The state of all that is held, by the part that is worst off. What is denied does not count. Pure. */
export function connectionOf(parts: readonly HeldPart[], before: StateSince | undefined): StateSince {
  const live = parts
    .filter(({ status }) => !isDenied(status))
    .map(({ status }) => ({ state: stateOf(status), since: status.since }));
  const state = live.reduce<ConnectionState>((worst, { state }) => worseOf(worst, state), 'live');
  if (before?.state === state) return before;
  const times = live.filter((each) => each.state === state).map(({ since }) => since);
  // A worse state since the first that had it, a live one since the last that came back.
  const since = times.length === 0 ? 0 : state === 'live' ? Math.max(...times) : Math.min(...times);
  return { state, since };
}

/** The worse of two states. */
export function worseOf(one: ConnectionState, other: ConnectionState): ConnectionState {
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}

function stateOf({ held, attempt, lastError, stale, synced }: KubeStatus): ConnectionState {
  if (held === 'signed out' || (attempt > 0 && lastError?.reason === 'Unauthorized')) return 'signed out';
  if (held === 'offline') return 'offline';
  if (stale || attempt > 0) return 'stale';
  return synced ? 'live' : 'catching up';
}
