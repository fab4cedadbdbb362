import { checkedPeriod } from '../../streams/time/period.ts';

/** The most runs that start in a time. */
export interface Pace {
  /** Starts for each second, on average: above 0. */
  readonly rate: number;
  /** Starts at once after a quiet time: at least 1. Default 1. */
  readonly burst?: number;
}

/** A bucket of tokens, one for each start. Times are in milliseconds, of the caller's clock. */
export class StartPace {
  private readonly period: number;
  private readonly burst: number;
  /** When the bucket is full again. */
  private fullAt = -Infinity;

  /** Throws a RangeError for an invalid rate or burst. */
  constructor({ rate, burst = 1 }: Pace) {
    if (!(rate > 0))
      throw new RangeError(`pace.rate is ${String(rate)}; it takes a number of starts per second above 0`);
    if (!(burst >= 1)) throw new RangeError(`pace.burst is ${String(burst)}; it takes numbers from 1 on`);
    this.period = checkedPeriod('pace', 1000 / rate);
    this.burst = burst;
  }

  /** How long the next start has to wait. */
  wait(now: number): number {
    return Math.max(0, this.fullAt - now - (this.burst - 1) * this.period);
  }

  /** Counts a start. */
  start(now: number): void {
    this.fullAt = Math.max(this.fullAt, now) + this.period;
  }
}
