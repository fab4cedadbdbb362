import type { FailureNote } from '../failure-note.ts';
import type { Reason } from '../wake.ts';
import type { Group } from './ready-lines.ts';

/** How many reasons an entry keeps; more are counted. */
const mostReasons = 8;

/**
 * Where a key is.
 *
 * - `waiting`: it has times and nothing else: neither of them has come.
 * - `stopped`: it failed for good.
 * - `ready`: it stands in a line.
 * - `held`: it was taken, and may not start yet.
 * - `running`: it was taken. A wake makes it pending, and it is ready again when the run ends.
 * - `gone`: nothing is left of it.
 */
export type EntryPhase = 'waiting' | 'stopped' | 'ready' | 'held' | 'running' | 'gone';

/** Reasons that were joined. */
export interface JoinedReasons {
  readonly listed: readonly Reason[];
  /** How many there were beside those. */
  readonly more: number;
}

/** No reasons. */
export const noReasons: JoinedReasons = { listed: [], more: 0 };

/** Reasons and one more: the first eight are listed, the others counted. */
export function joined(reasons: JoinedReasons, reason: Reason | undefined): JoinedReasons {
  if (reason === undefined) return reasons;
  const { listed, more } = reasons;
  return listed.length < mostReasons ? { listed: [...listed, reason], more } : { listed, more: more + 1 };
}

/** Both lists of reasons, the first eight listed. */
export function joinedAll(these: JoinedReasons, those: JoinedReasons): JoinedReasons {
  const listed = [...these.listed, ...those.listed];
  const kept = listed.slice(0, mostReasons);
  return { listed: kept, more: these.more + those.more + listed.length - kept.length };
}

/** All that is known of a key. Times are those of the caller; `Infinity` stands for none. */
export class Entry<K> {
  readonly key: K;
  phase: EntryPhase = 'gone';
  /** Woken since its run began, or since it was held. */
  isPending = false;

  /** The priority of the line in which it stands, or will. */
  priority: number = -Infinity;
  /** When it was first woken for the run that comes. */
  since = 0;
  /** Why it will run. */
  reasons: JoinedReasons = noReasons;

  /** When a source wants it to run, with what priority and why. No outcome changes that. */
  wakeAt: number = Infinity;
  wakeOrder = 0;
  wakePriority: number = -Infinity;
  wakeReasons: JoinedReasons = noReasons;

  /** When an outcome wants it to run. Each outcome replaces it. */
  timerAt: number = Infinity;
  timerOrder = 0;
  timerPriority = 0;
  timerReason: Reason | undefined;

  /** The highest priority that woke it since its last success. */
  wokenPriority: number = -Infinity;
  /** How often it failed since its last success. */
  failures = 0;
  /** The identity of what failed. */
  identity: string | undefined;
  /** Why it failed last, for `explain`. */
  failure: FailureNote | undefined;
  /** It failed for good: only a wake makes it run again. */
  hasGivenUp = false;

  /** The order in which it became ready. */
  order = 0;
  group: Group<K> | undefined;
  before: Entry<K> | undefined;
  after: Entry<K> | undefined;

  /** Its place in the heap of times, or -1. */
  place = -1;
  dueAt: number = Infinity;
  dueOrder = 0;

  constructor(key: K) {
    this.key = key;
  }
}
