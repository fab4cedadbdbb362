import type { TimestampProvider } from 'rxjs';
import type { HoldReason } from '../protocol/hold-reason.ts';

/** How long a request was held back on this side, in milliseconds. No deadline of the server's counts that time. */
export class HoldTime {
  private readonly clock: TimestampProvider;
  private before = 0;
  private since: number | undefined;

  constructor(clock: TimestampProvider) {
    this.clock = clock;
  }

  /** True while the request is held back, or what was open has been given back. */
  get isHeld(): boolean {
    return this.since !== undefined;
  }

  /** All of the time so far. */
  get sum(): number {
    return this.before + (this.since === undefined ? 0 : Math.max(0, this.clock.now() - this.since));
  }

  /** The request is held back with a reason, and sent without one. */
  held(reason: HoldReason | undefined): void {
    if (reason !== undefined) {
      this.since ??= this.clock.now();
    } else {
      this.before = this.sum;
      this.since = undefined;
    }
  }
}
