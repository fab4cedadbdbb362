import { seconds } from '../../streams/time/duration.ts';
import type { ConnectionFacts } from './connection-after.ts';
import type { Denials } from './denials.ts';
import type { GateEntry } from './gate-request.ts';
import type { RetryWaiters } from './retry-waiters.ts';
import type { Surroundings } from './surroundings.ts';

/** True where the server has the request, or an answer is open. */
export function isOut({ state }: GateEntry): boolean {
  return state === 'sent' || state === 'open';
}

/** What a page's facts follow from. */
export interface FactSources {
  readonly entries: Iterable<GateEntry>;
  readonly waiters: RetryWaiters;
  readonly denials: Denials;
  readonly surroundings: Surroundings;
  readonly isSignedOut: boolean;
  readonly isUnanswered: boolean;
  /** Streams that were given back, and are about to be asked for anew. */
  readonly returning: number;
  /** How many streams may be open. */
  readonly allowed: number;
  readonly now: number;
}

/** A request that is answered within this time, beside others that are open, shows nowhere. In milliseconds. */
const unnoticed = seconds(1);

/** The facts of a page at one moment. */
export function factsOf(sources: FactSources): ConnectionFacts {
  const { waiters, denials, surroundings, allowed, now } = sources;
  const entries = [...sources.entries];
  const open = entries.filter((entry) => entry.request.isStream && isOut(entry)).length;
  const held = entries.filter(({ state }) => state === 'waiting' || state === 'resting');
  const isFull = held.length > 0 && open >= allowed;
  const hasOpen = entries.some(({ state }) => state === 'open');
  const outstanding = entries.filter(({ state }) => state === 'sent' || (state === 'waiting' && !isFull));
  const interested = new Set([...waiters.resources, ...entries.map(({ request }) => request.resource)]);
  return {
    isSignedOut: sources.isSignedOut,
    isOffline: surroundings.isOffline,
    isUnanswered: sources.isUnanswered,
    retrying: waiters.count((resource) => !denials.has(resource)),
    givenBack: held.filter(({ told }) => told === 'hidden' || told === 'asleep').length + sources.returning,
    outstanding: outstanding.length,
    late: outstanding.filter(({ since }) => !hasOpen || now - since >= unnoticed).length,
    isFull,
    streams: { open, allowed, waiting: held.length },
    denied: denials.resources.filter((resource) => interested.has(resource)),
    staleSince: surroundings.staleSince,
  };
}
