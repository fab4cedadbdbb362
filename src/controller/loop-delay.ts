import { type SchedulerLike, Subscription, type TimestampProvider } from 'rxjs';
import { seconds } from '../streams/time/duration.ts';
import { monotonicClock } from '../streams/time/monotonic-clock.ts';
import { runAfter } from '../streams/time/run-after.ts';

/** The time between two looks, and the time for which a delay is told, in milliseconds. */
const beat = seconds(1);
const told = seconds(60);

/** From this delay on a look says that there is news, in milliseconds. */
const newsworthy = 100;

/** A time for which the event loop did nothing else. */
export interface Delay {
  /** In milliseconds. */
  readonly length: number;
  /** The key of the run that did not return meanwhile, where it was one. */
  readonly by: string | undefined;
}

interface Late extends Delay {
  readonly until: number;
}

/**
 * How late the event loop is. Code that does not return blocks all of a process: no run starts, no event comes in, no lease is
 * renewed. While it lasts nobody can tell; so the longest delay of the last minute is told.
 */
export class LoopDelay {
  private readonly scheduler: SchedulerLike;
  private readonly clock: TimestampProvider;
  /** Called after a look that found a delay. */
  private readonly changed: () => void;
  private readonly lates: Late[] = [];
  private next = Subscription.EMPTY;
  private dueAt = Infinity;

  constructor(scheduler: SchedulerLike, changed: () => void) {
    this.scheduler = scheduler;
    this.clock = monotonicClock(scheduler);
    this.changed = changed;
  }

  /** Looks each second, until it is unsubscribed. */
  watch(): Subscription {
    this.arm();
    return new Subscription(() => {
      this.next.unsubscribe();
      this.dueAt = Infinity;
    });
  }

  /** Calls a run, whose time until it returns counts. */
  during<R>(key: string, run: () => R): R {
    const since = this.clock.now();
    try {
      return run();
    } finally {
      const until = this.clock.now();
      if (until - since >= newsworthy) this.lates.push({ length: until - since, by: key, until });
    }
  }

  /** The longest delay that ended less than a minute ago, up to now. */
  get longest(): Delay {
    const now = this.clock.now();
    while (this.lates[0] !== undefined && now - this.lates[0].until > told) this.lates.shift();
    const lasting: Delay = { length: Math.max(0, now - this.dueAt), by: undefined };
    const { length, by } = [...this.lates, lasting].reduce((a, b) => (b.length > a.length && !explains(a, b) ? b : a));
    return { length: Math.floor(length), by };
  }

  private arm(): void {
    this.dueAt = this.clock.now() + beat;
    this.next = runAfter(beat, this.scheduler, () => {
      const now = this.clock.now();
      const length = now - this.dueAt;
      this.arm();
      if (length < newsworthy) return;
      this.lates.push({ length, by: undefined, until: now });
      this.changed();
    });
  }
}

/** A run that took nearly all of a delay is what caused it. */
function explains(run: Delay, delay: Delay): boolean {
  return run.by !== undefined && run.length + beat >= delay.length;
}
