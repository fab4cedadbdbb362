import type { TimestampProvider } from 'rxjs';

/** How many requests in a row may follow a failure before the pace counts. */
const burst = 10;

/** Milliseconds for one request more. */
const refill = 2_000;

/**
 * How often a page may ask again for what failed last, whatever the number of its streams: 10 times, and then 30 times a minute.
 * Each stream has its own delays besides. A first request, or one after success, takes nothing of it.
 */
export class RetryBudget {
  private readonly clock: TimestampProvider;
  private left = burst;
  private countedAt: number;

  constructor(clock: TimestampProvider) {
    this.clock = clock;
    this.countedAt = clock.now();
  }

  /** Milliseconds until there is a retry to take; 0 is now. */
  get untilNext(): number {
    this.count();
    return this.left >= 1 ? 0 : Math.max(0, this.countedAt + refill - this.clock.now());
  }

  /** Takes a retry. False where none is left. */
  take(): boolean {
    this.count();
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  /** Somebody asks for it: all of the burst is there again. */
  renew(): void {
    this.left = burst;
    this.countedAt = this.clock.now();
  }

  private count(): void {
    const now = this.clock.now();
    if (now < this.countedAt) this.countedAt = now;
    const earned = Math.floor((now - this.countedAt) / refill);
    this.left = Math.min(burst, this.left + earned);
    this.countedAt = this.left === burst ? now : this.countedAt + earned * refill;
  }
}
