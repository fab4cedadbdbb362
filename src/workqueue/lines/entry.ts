import type { FailureNote } from '../failure-note.ts';
import type { Reason } from '../wake.ts';
import type { EntryTimes } from './entry-times.ts';
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

/** That a key has failed, and has not succeeded since. */
export interface Failing {
  /** How often, since its last success. */
  readonly failures: number;
  /** Why it failed last, for `explain`. */
  readonly failure: FailureNote;
  /** It failed for good: only a wake makes it run again. */
  readonly hasGivenUp: boolean;
}

/**
 * All that is known of a key. Times are those of the caller; `Infinity` stands for none.
 *
 * A queue may hold a million of these, and most never fail and have no times, so what they have of that is kept beside them. Numbers
 * start as small integers: a field that starts as an infinity costs each entry a number of its own.
 */
export class Entry<K> {
  readonly key: K;
  phase: EntryPhase = 'gone';
  /** Woken since its run began. */
  isPending = false;

  /** The priority of the line in which it stands, or will. It means nothing while nothing has woken the key. */
  priority = 0;
  /** When it was first woken for the run that comes. */
  since = 0;
  /** Why it will run. */
  reasons: JoinedReasons = noReasons;

  /** The highest priority that woke it since its last success. */
  wokenPriority: number | undefined = undefined;
  /** The identity of what it stood for when its last run began. */
  identity: string | undefined = undefined;
  failing: Failing | undefined = undefined;
  /** Absent of a key that never had one. */
  times: EntryTimes<K> | undefined = undefined;

  /** The order in which it became ready. */
  order = 0;
  group: Group<K> | undefined = undefined;
  before: Entry<K> | undefined = undefined;
  after: Entry<K> | undefined = undefined;

  constructor(key: K) {
    this.key = key;
  }

  get failures(): number {
    return this.failing?.failures ?? 0;
  }

  get failure(): FailureNote | undefined {
    return this.failing?.failure;
  }

  get hasGivenUp(): boolean {
    return this.failing?.hasGivenUp === true;
  }

  /** When a source wants it to run. */
  get wakeAt(): number {
    return this.times?.wakeAt ?? Infinity;
  }

  /** When an outcome wants it to run. */
  get timerAt(): number {
    return this.times?.timerAt ?? Infinity;
  }

  /** The earlier of the two. */
  get dueAt(): number {
    return this.times?.dueAt ?? Infinity;
  }
}

/** Where a key is, to be told. */
export type EntryReader<K> = Readonly<Omit<Entry<K>, 'group' | 'before' | 'after' | 'times'>>;
