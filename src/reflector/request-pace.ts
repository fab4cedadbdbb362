import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { minutes } from '../time/duration.ts';
import type { Cursor } from './cursor.ts';
import { minWatchInterval } from './settings.ts';
import { timeLeft } from './time-left.ts';

/** Failures count no more where nothing was asked for this long. Source: the reset of a reflector's backoff in client-go. */
const forgottenAfter = minutes(2);

/**
 * How soon a reflector may ask again: what it remembers of its requests and failures. Whoever starts one reflector after
 * the other in the same place gives all of them the same pace, so that to start anew is no way around the delays: the
 * first request of the next one comes when the backoff of the one before has passed, and at least a second after its last
 * request. The very first comes at once. It is for one reflector at a time.
 */
export class RequestPace {
  /** What the reflector would have done next; `undefined` where there was none. @internal */
  cursor: Cursor | undefined;
  private readonly scheduler: SchedulerLike;
  private failures = 0;
  private requestedAt = -Infinity;
  private lastWatchAt = -Infinity;
  private failedAt = -Infinity;
  private retryIn = 0;

  /** Its times are those of this scheduler, the one that the reflectors have: `asyncScheduler` by default. */
  constructor(scheduler: SchedulerLike = asyncScheduler) {
    this.scheduler = scheduler;
  }

  /** How many failures in a row there were without progress. @internal */
  get attempt(): number {
    return this.failures;
  }

  /** The scheduler's time of the last watch request. @internal */
  get watchedAt(): number {
    return this.lastWatchAt;
  }

  /** Milliseconds until a reflector that starts now may send its first request. */
  get untilNextStart(): number {
    const sinceRequest = timeLeft(minWatchInterval, this.requestedAt, this.scheduler);
    return Math.max(sinceRequest, timeLeft(this.retryIn, this.failedAt, this.scheduler));
  }

  /** @internal */
  started(): void {
    const quietSince = Math.max(this.requestedAt, this.failedAt + this.retryIn);
    if (this.scheduler.now() - quietSince >= forgottenAfter) this.failures = 0;
  }

  /** @internal */
  requested(verb: 'list' | 'watch'): void {
    this.requestedAt = this.scheduler.now();
    if (verb === 'watch') this.lastWatchAt = this.requestedAt;
  }

  /** @internal */
  progressed(): void {
    this.failures = 0;
  }

  /** @internal */
  failed(retryIn: number): void {
    this.failures += 1;
    this.failedAt = this.scheduler.now();
    this.retryIn = retryIn;
  }
}
