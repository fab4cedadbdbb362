import type { Sighting } from './line-protocol.ts';

/** A heartbeat that the server has taken. */
export interface Write {
  readonly namespace: string;
  readonly sequence: number;
  /** Unix time in milliseconds, when the answer was there. */
  readonly at: number;
}

/** A time in which no client can reach the server, from one Unix time in milliseconds to another. */
export interface Downtime {
  readonly start: number;
  readonly end: number;
}

/** The lag of a consumer while the server could be reached, in milliseconds. */
export interface Staleness {
  /** The longest time without knowledge of a write or of a later one. */
  readonly longest: number;
  /** The whole time of lag above {@link normalLatency}. */
  readonly sum: number;
}

/** Milliseconds that a change may take without being late. */
export const normalLatency = 250;

/**
 * Computes the lag of a consumer. Time counts while the server can be reached: a write during a downtime is late from
 * its end on. `until` is the time of the last look at its sightings: an unseen write is late until then.
 */
export function staleness(
  writes: readonly Write[],
  sightings: readonly Sighting[],
  downtimes: readonly Downtime[],
  until: number,
): Staleness {
  const upTime = upTimeOf(downtimes);
  let longest = 0;
  let sum = 0;
  for (const namespace of new Set(writes.map((write) => write.namespace))) {
    const seen = sightings.filter((sighting) => sighting.namespace === namespace);
    let lateUntil = -Infinity;
    for (const { sequence, at } of writes.filter((write) => write.namespace === namespace)) {
      const known = Math.min(until, ...seen.filter((each) => each.sequence >= sequence).map((each) => each.at));
      const [from, to] = [upTime(at), upTime(Math.max(at, known))];
      longest = Math.max(longest, to - from);
      sum += Math.max(0, to - Math.max(from + normalLatency, lateUntil));
      lateUntil = Math.max(lateUntil, to);
    }
  }
  return { longest, sum };
}

/** The time less all downtime before it. */
function upTimeOf(downtimes: readonly Downtime[]): (at: number) => number {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of downtimes.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return (at) => merged.reduce((left, { start, end }) => left - Math.max(0, Math.min(at, end) - start), at);
}
