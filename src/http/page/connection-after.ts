import type { Connection, ConnectionState, ConnectionStreams } from './connection.ts';

/** What a page knows of its requests and its surroundings at one moment. */
export interface ConnectionFacts {
  readonly isSignedOut: boolean;
  readonly isOffline: boolean;
  /** The last request got no answer. */
  readonly isUnanswered: boolean;
  /** Requests that failed and are due again, without those that were denied. */
  readonly retrying: number;
  /** Requests that are held back because the page is hidden or was asleep. */
  readonly givenBack: number;
  /** Requests that were sent, or are about to be. */
  readonly outstanding: number;
  /** Those that have been so for so long that it shows in a page that was live. */
  readonly late: number;
  /** All of the places are taken, and somebody waits. */
  readonly isFull: boolean;
  readonly streams: ConnectionStreams;
  readonly denied: readonly string[];
  /** When what is stale became so, if that was before now. */
  readonly staleSince: number | undefined;
}

function stateOf(facts: ConnectionFacts, before: ConnectionState): ConnectionState {
  if (facts.isSignedOut) return 'signed out';
  if (facts.isOffline) return 'offline';
  if (facts.isUnanswered || facts.retrying > 0 || facts.givenBack > 0) return 'stale';
  if ((before === 'live' ? facts.late : facts.outstanding) > 0) return 'catching up';
  return facts.isFull ? 'stale' : 'live';
}

/** Where a page stands by its facts: the same value as before where nothing has changed. Pure. */
export function connectionAfter(before: Connection, facts: ConnectionFacts, now: number): Connection {
  const state = stateOf(facts, before.state);
  const began = state === 'stale' ? Math.min(facts.staleSince ?? now, now) : now;
  const since = state === before.state ? before.since : began;
  const { open, allowed, waiting } = before.streams;
  const { streams, denied } = facts;
  const hasSameStreams = open === streams.open && allowed === streams.allowed && waiting === streams.waiting;
  const hasSameDenied =
    before.denied.length === denied.length && denied.every((each, at) => each === before.denied[at]);
  if (state === before.state && hasSameStreams && hasSameDenied) return before;
  return {
    state,
    since,
    streams: hasSameStreams ? before.streams : streams,
    denied: hasSameDenied ? before.denied : denied,
  };
}
