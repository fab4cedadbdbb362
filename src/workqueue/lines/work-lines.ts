import { failureNote } from '../failure-note.ts';
import type { Wake } from '../wake.ts';
import { DueHeap, isTimerNext } from './due-heap.ts';
import { Entry, type EntryPhase, joined, joinedAll, type JoinedReasons, noReasons } from './entry.ts';
import { ReadyLines, type ReadyLinesOptions } from './ready-lines.ts';

/** What a run is told of its key. */
export interface Begun extends JoinedReasons {
  readonly attempt: number;
  /** When the key was first woken for this run. */
  readonly since: number;
}

/** How a run ended. Delays are from the end of the run on; `Infinity` stands for none. */
export type Ending =
  | { readonly type: 'succeeded'; readonly delay: number; readonly priority: number }
  | {
      readonly type: 'failed';
      readonly error: unknown;
      /** The delay after this many failures in a row; `Infinity` to give up. */
      readonly delayAfter: (failures: number) => number;
      /** The shortest delay after a failure. */
      readonly firstDelay: number;
    }
  /** It ended for a reason that is not its own, and counts for nothing. With `again` it is as if it had not begun. */
  | { readonly type: 'interrupted'; readonly delay: number; readonly again?: Begun };

/** Where a key is, to be told. */
export type EntryReader<K> = Readonly<Omit<Entry<K>, 'group' | 'before' | 'after' | 'place' | 'dueAt' | 'dueOrder'>>;

/**
 * The decisions of a work queue, and nothing else: which keys wait, which one is next, what becomes of a key whose run has
 * ended. It has no time and no chance of its own, starts nothing and calls nobody back. Each step takes constant time, but for
 * those that concern times: they are logarithmic in the number of keys that have one.
 *
 * One entry for each key, as long as there is something to know about it.
 */
export class WorkLines<K> {
  private readonly entries = new Map<K, Entry<K>>();
  private readonly lines: ReadyLines<K>;
  private readonly due = new DueHeap<K>();
  private order = 0;
  private readonly counts: Record<EntryPhase, number> = {
    waiting: 0,
    stopped: 0,
    ready: 0,
    held: 0,
    running: 0,
    gone: 0,
  };
  /** How many keys have failed since their last success, and how many of them for good. */
  failing = 0;
  givenUp = 0;

  constructor(options: ReadyLinesOptions<K>) {
    this.lines = new ReadyLines(options);
  }

  /** How many keys something is known about. */
  get size(): number {
    return this.entries.size;
  }

  /** How many keys are in a phase. */
  count(phase: EntryPhase): number {
    return this.counts[phase];
  }

  /** How many ready keys have a priority below this one. */
  readyBelow(priority: number): number {
    return this.lines.countBelow(priority);
  }

  /** The longest that a key at the head of a line has waited: since when. */
  oldestSince(): number | undefined {
    return this.lines.oldestSince();
  }

  /** True if nothing waits, nothing runs and no time comes: keys that failed for good may still be known. */
  get isIdle(): boolean {
    return this.lines.size === 0 && this.due.size === 0 && this.counts.running === 0 && this.counts.held === 0;
  }

  /** When the next time of a key comes. */
  get nextDue(): number {
    return this.due.peek()?.dueAt ?? Infinity;
  }

  /** Where a key is; `undefined` for one about which nothing is known. */
  get(key: K): EntryReader<K> | undefined {
    return this.entries.get(key);
  }

  /** Takes in a wake: the key is ready, or will be. */
  wake({ key, priority = 0, after = 0, reason }: Omit<Wake, 'key'> & { readonly key: K }, now: number): void {
    if (after === Infinity) return;
    const entry = this.entryOf(key);
    if (after > 0) {
      entry.wakeReasons = joined(entry.wakeReasons, reason);
      const at = Math.min(entry.wakeAt, now + after);
      if (at !== entry.wakeAt) entry.wakeOrder = this.order++;
      entry.wakeAt = at;
      entry.wakePriority = Math.max(entry.wakePriority, priority);
      this.due.settle(entry);
      if (entry.phase === 'gone' || entry.phase === 'stopped') this.enter(entry, 'waiting');
      return;
    }
    entry.reasons = joined(entry.reasons, reason);
    this.ready(entry, priority, now);
  }

  /** Makes the keys ready whose time has come. */
  promote(now: number): void {
    for (let entry = this.due.peek(); entry !== undefined && entry.dueAt <= now; entry = this.due.peek()) {
      if (isTimerNext(entry)) this.promoteTimer(entry, now);
      else this.promoteWake(entry, now);
    }
  }

  /** Takes the key whose turn it is out of its line. It is held until its run begins, or until it is released. */
  take(): Entry<K> | undefined {
    const entry = this.lines.take();
    if (entry !== undefined) this.enter(entry, 'held');
    return entry;
  }

  /** Puts a held key first in its line again: its turn has come before. */
  release(entry: Entry<K>): void {
    if (entry.phase !== 'held') return;
    this.lines.pushFront(entry);
    this.enter(entry, 'ready');
  }

  /** Begins the run of a held key. What is known of an earlier identity is forgotten. */
  begin(entry: Entry<K>, identity?: string): Begun {
    this.enter(entry, 'running');
    if (identity !== entry.identity) {
      this.forgetFailures(entry);
      entry.timerAt = Infinity;
      this.due.settle(entry);
    }
    entry.identity = identity;
    const { reasons, since } = entry;
    entry.wokenPriority = Math.max(entry.wokenPriority, entry.priority);
    entry.reasons = noReasons;
    entry.priority = -Infinity;
    return { ...reasons, since, attempt: entry.failures + 1 };
  }

  /**
   * Ends a run. Returns the delay after which the key runs again if no wake comes before; `Infinity` for none. A key that was
   * woken meanwhile goes to the end of its line.
   */
  end(entry: Entry<K>, ending: Ending, now: number): number {
    if (ending.type === 'succeeded') {
      this.forgetFailures(entry);
      entry.wokenPriority = entry.isPending ? entry.priority : -Infinity;
      this.time(entry, now + ending.delay, ending.priority, 'requeue');
    } else if (ending.type === 'interrupted') {
      if (ending.delay < Infinity) this.time(entry, now + ending.delay, entry.wokenPriority, 'retry');
      if (ending.again !== undefined) this.comeBack(entry, ending.again);
    } else if (!(entry.failures > 0 && entry.timerAt < Infinity && entry.timerAt - now > ending.firstDelay)) {
      const delay = ending.delayAfter(entry.failures + 1);
      this.fail(entry, delay === Infinity ? 0 : entry.failures + 1, ending.error);
      this.time(entry, now + delay, entry.wokenPriority, 'retry');
    } else {
      // A wake caused this run during the delay: it uses up no retry.
      this.fail(entry, entry.failures, ending.error);
    }
    const next = entry.isPending ? 0 : entry.timerAt - now;
    this.leave(entry);
    return Math.max(0, next);
  }

  /** Forgets how often a key has failed. */
  forgetFailures(entry: Entry<K>): void {
    if (entry.failures > 0 || entry.hasGivenUp) this.failing--;
    if (entry.hasGivenUp) this.givenUp--;
    entry.failures = 0;
    entry.failure = undefined;
    entry.hasGivenUp = false;
  }

  private fail(entry: Entry<K>, failures: number, error: unknown): void {
    if (entry.failures === 0 && !entry.hasGivenUp) this.failing++;
    const hasGivenUp = failures === 0;
    this.givenUp += Number(hasGivenUp) - Number(entry.hasGivenUp);
    entry.failures = failures;
    entry.hasGivenUp = hasGivenUp;
    entry.failure = failureNote(error);
  }

  private promoteTimer(entry: Entry<K>, now: number): void {
    const { timerReason, timerPriority } = entry;
    entry.timerAt = Infinity;
    entry.timerReason = undefined;
    this.due.settle(entry);
    // The end of a run replaces the timer, so one that comes during the run means nothing.
    if (entry.phase === 'running') return;
    entry.reasons = joined(entry.reasons, timerReason);
    this.ready(entry, timerPriority, now);
  }

  private promoteWake(entry: Entry<K>, now: number): void {
    const { wakeReasons, wakePriority } = entry;
    entry.wakeAt = Infinity;
    entry.wakePriority = -Infinity;
    entry.wakeReasons = noReasons;
    this.due.settle(entry);
    entry.reasons = joinedAll(entry.reasons, wakeReasons);
    this.ready(entry, wakePriority, now);
  }

  private time(entry: Entry<K>, at: number, priority: number, type: 'retry' | 'requeue'): void {
    if (at !== entry.timerAt) entry.timerOrder = this.order++;
    entry.timerAt = at;
    entry.timerPriority = priority;
    entry.timerReason = at < Infinity ? { source: 'queue', type } : undefined;
    this.due.settle(entry);
  }

  private comeBack(entry: Entry<K>, begun: Begun): void {
    entry.isPending = true;
    entry.since = begun.since;
    entry.priority = Math.max(entry.priority, entry.wokenPriority);
    entry.reasons = joinedAll(begun, entry.reasons);
  }

  private leave(entry: Entry<K>): void {
    if (entry.isPending) {
      entry.isPending = false;
      this.lines.push(entry);
      this.enter(entry, 'ready');
    } else if (entry.dueAt < Infinity) {
      this.enter(entry, 'waiting');
    } else if (entry.hasGivenUp) {
      this.enter(entry, 'stopped');
    } else {
      this.enter(entry, 'gone');
      this.entries.delete(entry.key);
    }
  }

  private ready(entry: Entry<K>, priority: number, now: number): void {
    const isRaised = priority > entry.priority;
    if (entry.phase === 'running') {
      if (!entry.isPending) entry.since = now;
      entry.isPending = true;
      if (isRaised) entry.priority = priority;
      return;
    }
    if (entry.phase === 'held') {
      if (isRaised) entry.priority = priority;
      return;
    }
    if (entry.phase === 'ready') {
      if (!isRaised) return;
      this.lines.remove(entry);
      entry.priority = priority;
      this.lines.push(entry);
      return;
    }
    entry.since = now;
    entry.priority = priority;
    this.lines.push(entry);
    this.enter(entry, 'ready');
  }

  private entryOf(key: K): Entry<K> {
    let entry = this.entries.get(key);
    if (entry === undefined) this.entries.set(key, (entry = new Entry(key)));
    return entry;
  }

  private enter(entry: Entry<K>, phase: EntryPhase): void {
    this.counts[entry.phase]--;
    this.counts[phase]++;
    entry.phase = phase;
  }
}
