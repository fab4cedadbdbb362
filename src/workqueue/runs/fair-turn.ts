import type { SchedulerLike, Subscription } from 'rxjs';

/** How long runs may be started in one turn of the event loop, in milliseconds. Leases are renewed in the same loop. */
const longestTurn = 10;

/**
 * Ends a turn of the event loop in which runs have been started for 10 ms, and goes on in the next one. Promises that are
 * settled start the next run in the same turn, so a chain of them would never end it.
 */
export class FairTurn {
  private readonly scheduler: SchedulerLike;
  private readonly goOn: () => void;
  private next: Subscription | undefined;
  private beganAt = 0;
  private hasWaited = false;

  constructor(scheduler: SchedulerLike, goOn: () => void) {
    this.scheduler = scheduler;
    this.goOn = goOn;
  }

  /** Whether another run may start in this turn. If not, `goOn` is called in the next one. */
  mayStart(now: number): boolean {
    if (this.next === undefined) {
      this.beganAt = now;
      this.hasWaited = false;
      this.next = this.scheduler.schedule(() => this.end());
      return true;
    }
    const elapsed = now - this.beganAt;
    // A clock that was set back tells nothing: the turn may be over.
    if (elapsed >= 0 && elapsed < longestTurn) return true;
    this.hasWaited = true;
    return false;
  }

  /** Leaves no timer. */
  stop(): void {
    this.next?.unsubscribe();
    this.next = undefined;
  }

  private end(): void {
    this.stop();
    if (this.hasWaited) this.goOn();
  }
}
