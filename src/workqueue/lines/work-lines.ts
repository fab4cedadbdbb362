import { failureNote } from '../failure-note.ts';
import type { Reason, Wake } from '../wake.ts';
import { DueHeap } from './due-heap.ts';
import { EntryTimes } from './entry-times.ts';
import { Entry, type EntryPhase, type EntryReader, joined, joinedAll, type JoinedReasons, noReasons } from './entry.ts';
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
  private waiting = 0;
  private stopped = 0;
  private held = 0;
  private running = 0;
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
  count(phase: Exclude<EntryPhase, 'gone'>): number {
    return phase === 'ready' ? this.lines.size : this[phase];
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
    return this.lines.size === 0 && this.due.size === 0 && this.running === 0 && this.held === 0;
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
  wake(wake: Omit<Wake, 'key'> & { readonly key: K }, now: number): void {
    const { after = 0, priority = 0, reason } = wake;
    if (after > 0) {
      if (after < Infinity) this.wakeLater(this.entryOf(wake.key), now + after, priority, reason);
    } else this.add(wake.key, now, priority, reason);
  }

  /** Takes in the wake of a key that is to run at once. */
  add(key: K, now: number, priority = 0, reason?: Reason): void {
    const entry = this.entryOf(key);
    if (reason !== undefined) entry.reasons = joined(entry.reasons, reason);
    this.ready(entry, priority, now);
  }

  /** Makes the keys ready whose time has come. */
  promote(now: number): void {
    for (let times = this.due.peek(); times !== undefined && times.dueAt <= now; times = this.due.peek()) {
      if (times.isTimerNext) this.promoteTimer(times, now);
      else this.promoteWake(times, now);
    }
  }

  /** Takes the key whose turn it is out of its line. It is held until its run begins, or until it is released. */
  take(): Entry<K> | undefined {
    const entry = this.lines.take();
    if (entry === undefined) return undefined;
    entry.phase = 'held';
    this.held++;
    return entry;
  }

  /** Puts a held key first in its line again: its turn has come before. */
  release(entry: Entry<K>): void {
    if (entry.phase !== 'held') return;
    this.held--;
    entry.phase = 'ready';
    this.lines.pushFront(entry);
  }

  /** Begins the run of a held key, and returns what it is told. */
  begin(entry: Entry<K>, identity?: string): Begun {
    const { reasons, since } = entry;
    this.start(entry, identity);
    return { listed: reasons.listed, more: reasons.more, since, attempt: entry.failures + 1 };
  }

  /** Begins the run of a held key, to which nothing is told. What is known of an earlier identity is forgotten. */
  start(entry: Entry<K>, identity?: string): void {
    this.held--;
    this.running++;
    entry.phase = 'running';
    if (identity !== entry.identity) this.changeIdentity(entry, identity);
    const { priority, wokenPriority } = entry;
    if (wokenPriority === undefined || priority > wokenPriority) entry.wokenPriority = priority;
    entry.reasons = noReasons;
  }

  /**
   * Ends a run. Returns the delay after which the key runs again if no wake comes before; `Infinity` for none. A key that was
   * woken meanwhile goes to the end of its line.
   */
  end(entry: Entry<K>, ending: Ending, now: number): number {
    if (ending.type === 'succeeded') {
      if (ending.delay === Infinity && !entry.isPending && entry.times === undefined && entry.failing === undefined) {
        this.running--;
        return this.forget(entry);
      }
      this.forgetFailures(entry);
      entry.wokenPriority = entry.isPending ? entry.priority : undefined;
      // What has no times stays without them.
      if (ending.delay < Infinity || entry.times !== undefined)
        this.time(entry, now + ending.delay, ending.priority, 'requeue');
    } else if (ending.type === 'interrupted') {
      if (ending.delay < Infinity) this.time(entry, now + ending.delay, wokenPriorityOf(entry), 'retry');
      if (ending.again !== undefined) this.comeBack(entry, ending.again);
    } else if (!(entry.failures > 0 && entry.timerAt < Infinity && entry.timerAt - now > ending.firstDelay)) {
      const delay = ending.delayAfter(entry.failures + 1);
      this.fail(entry, delay === Infinity ? 0 : entry.failures + 1, ending.error);
      this.time(entry, now + delay, wokenPriorityOf(entry), 'retry');
    } else {
      // A wake caused this run during the delay: it uses up no retry.
      this.fail(entry, entry.failures, ending.error);
    }
    this.running--;
    return this.leave(entry, now);
  }

  /** Forgets how often a key has failed. */
  forgetFailures(entry: Entry<K>): void {
    if (entry.failing === undefined) return;
    this.failing--;
    if (entry.failing.hasGivenUp) this.givenUp--;
    entry.failing = undefined;
  }

  private changeIdentity(entry: Entry<K>, identity: string | undefined): void {
    this.forgetFailures(entry);
    if (entry.times !== undefined) this.time(entry, Infinity, 0, 'requeue');
    entry.identity = identity;
  }

  private fail(entry: Entry<K>, failures: number, error: unknown): void {
    if (entry.failing === undefined) this.failing++;
    const hasGivenUp = failures === 0;
    this.givenUp += Number(hasGivenUp) - Number(entry.hasGivenUp);
    entry.failing = { failures, failure: failureNote(error), hasGivenUp };
  }

  private wakeLater(entry: Entry<K>, due: number, priority: number, reason: Reason | undefined): void {
    const times = timesOf(entry);
    times.wakeReasons = joined(times.wakeReasons, reason);
    const at = Math.min(times.wakeAt, due);
    if (at !== times.wakeAt) times.wakeOrder = this.order++;
    times.wakeAt = at;
    times.wakePriority = Math.max(times.wakePriority, priority);
    this.due.settle(times);
    if (entry.phase !== 'gone' && entry.phase !== 'stopped') return;
    this.leaveRest(entry);
    entry.phase = 'waiting';
    this.waiting++;
  }

  private promoteTimer(times: EntryTimes<K>, now: number): void {
    const { entry, timerReason, timerPriority } = times;
    times.timerAt = Infinity;
    times.timerReason = undefined;
    this.due.settle(times);
    // The end of a run replaces the timer, so one that comes during the run means nothing.
    if (entry.phase === 'running') return;
    entry.reasons = joined(entry.reasons, timerReason);
    this.ready(entry, timerPriority, now);
  }

  private promoteWake(times: EntryTimes<K>, now: number): void {
    const { entry, wakeReasons, wakePriority } = times;
    times.wakeAt = Infinity;
    times.wakePriority = -Infinity;
    times.wakeReasons = noReasons;
    this.due.settle(times);
    entry.reasons = joinedAll(entry.reasons, wakeReasons);
    this.ready(entry, wakePriority, now);
  }

  private time(entry: Entry<K>, at: number, priority: number, type: 'retry' | 'requeue'): void {
    const times = timesOf(entry);
    if (at !== times.timerAt) times.timerOrder = this.order++;
    times.timerAt = at;
    times.timerPriority = priority;
    times.timerReason = at < Infinity ? { source: 'queue', type } : undefined;
    this.due.settle(times);
  }

  private comeBack(entry: Entry<K>, begun: Begun): void {
    const priority = wokenPriorityOf(entry);
    if (!entry.isPending || priority > entry.priority) entry.priority = priority;
    entry.isPending = true;
    entry.since = begun.since;
    entry.reasons = joinedAll(begun, entry.reasons);
  }

  private leave(entry: Entry<K>, now: number): number {
    if (entry.isPending) {
      entry.isPending = false;
      entry.phase = 'ready';
      this.lines.push(entry);
      return 0;
    }
    if (entry.dueAt < Infinity) {
      entry.phase = 'waiting';
      this.waiting++;
      return Math.max(0, entry.timerAt - now);
    }
    if (!entry.hasGivenUp) return this.forget(entry);
    entry.phase = 'stopped';
    this.stopped++;
    return Infinity;
  }

  /** Nothing is left to know of a key. Returns that it never runs again by itself. */
  private forget(entry: Entry<K>): number {
    entry.phase = 'gone';
    this.entries.delete(entry.key);
    return Infinity;
  }

  private ready(entry: Entry<K>, priority: number, now: number): void {
    if (entry.phase !== 'gone') {
      this.readyAgain(entry, priority, now);
      return;
    }
    entry.phase = 'ready';
    entry.since = now;
    entry.priority = priority;
    this.lines.push(entry);
  }

  private readyAgain(entry: Entry<K>, priority: number, now: number): void {
    const isRaised = priority > entry.priority;
    switch (entry.phase) {
      case 'running':
        if (!entry.isPending) entry.since = now;
        if (!entry.isPending || isRaised) entry.priority = priority;
        entry.isPending = true;
        return;
      case 'held':
        if (isRaised) entry.priority = priority;
        return;
      case 'ready':
        if (!isRaised) return;
        this.lines.remove(entry);
        break;
      default:
        this.leaveRest(entry);
        entry.phase = 'ready';
        entry.since = now;
    }
    entry.priority = priority;
    this.lines.push(entry);
  }

  private leaveRest({ phase }: Entry<K>): void {
    if (phase === 'waiting') this.waiting--;
    else if (phase === 'stopped') this.stopped--;
  }

  private entryOf(key: K): Entry<K> {
    let entry = this.entries.get(key);
    if (entry === undefined) this.entries.set(key, (entry = new Entry(key)));
    return entry;
  }
}

function timesOf<K>(entry: Entry<K>): EntryTimes<K> {
  return (entry.times ??= new EntryTimes(entry));
}

/** Of a key that has begun a run, something has woken it. */
function wokenPriorityOf({ wokenPriority = 0 }: Entry<unknown>): number {
  return wokenPriority;
}
