import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { KubeError } from '../protocol/errors/kube-error.ts';
import { minutes, seconds } from '../streams/time/duration.ts';
import type { Cursor } from './cursor.ts';
import { type HostBrake, hostBrake } from './host-brake.ts';
import { minWatchInterval } from './settings.ts';
import { timeLeft } from './time-left.ts';

/** Failures count no more where nothing was asked for this long. Source: the reset of a reflector's backoff in client-go. */
const forgottenAfter = minutes(2);

/** After 10 s without a request, the next start within a second of another is free: React mounts twice, and people click twice. */
const calmAfter = seconds(10);

/** Failures in a row without progress. @internal */
export interface Failures {
  /** All of them. */
  readonly all: number;
  /** Those that the server answered, or that nobody else has: the backoff grows with them. */
  readonly own: number;
}

const none: Failures = { all: 0, own: 0 };

/**
 * How soon a reflector may ask again: what it remembers of its requests and failures. Whoever starts one reflector after
 * the other in the same place gives all of them the same pace, so that to start anew is no way around the delays: the
 * first request of the next one comes when the backoff of the one before has passed, and at least a second after its last
 * request. The very first comes at once, and so does one that starts within a second of it, once in 10 s. It is for one reflector at a time.
 */
export class RequestPace {
  /** What the reflector would have done next; `undefined` where there was none. @internal */
  cursor: Cursor | undefined;
  /** The failure of the host that was told last. @internal */
  told: KubeError | undefined;
  /** The scheduler's time of the next request, as it was told last. @internal */
  toldUntil = -Infinity;
  /** How many answers of the host there were when the connection failed last. @internal */
  answersAtFailure = 0;
  private readonly scheduler: SchedulerLike;
  private failures: Failures = none;
  private brakeOf: { readonly host: string | undefined; readonly brake: HostBrake } | undefined;
  private requestedAt = -Infinity;
  private lastWatchAt = -Infinity;
  private failedAt = -Infinity;
  private relistedAt = -Infinity;
  private relists = 0;
  private isFree = true;
  private retryIn = 0;

  /** Its times are those of this scheduler, the one that the reflectors have: `asyncScheduler` by default. */
  constructor(scheduler: SchedulerLike = asyncScheduler) {
    this.scheduler = scheduler;
  }

  /** The failures in a row without progress. @internal */
  get failed(): Failures {
    return this.failures;
  }

  /** The scheduler's time of the last watch request. @internal */
  get watchedAt(): number {
    return this.lastWatchAt;
  }

  /** Milliseconds until a reflector that starts now may send its first request. */
  get untilNextStart(): number {
    const sinceRequest = this.isFree ? 0 : timeLeft(minWatchInterval, this.requestedAt, this.scheduler);
    return Math.max(sinceRequest, timeLeft(this.retryIn, this.failedAt, this.scheduler));
  }

  /** The brake of a host; of an unknown one, one that this pace keeps. @internal */
  brake(host: string | undefined): HostBrake {
    if (this.brakeOf?.host !== host || this.brakeOf === undefined)
      this.brakeOf = { host, brake: hostBrake(host, this.scheduler) };
    return this.brakeOf.brake;
  }

  /** @internal */
  started(): void {
    if (timeLeft(calmAfter, this.requestedAt, this.scheduler) === 0) {
      this.isFree = true;
    } else if (this.isFree) {
      this.isFree = false;
      this.lastWatchAt = -Infinity;
    }
    const quietSince = Math.max(this.requestedAt, this.failedAt + this.retryIn);
    if (this.scheduler.now() - quietSince >= forgottenAfter) this.failures = none;
  }

  /** @internal */
  requested(verb: 'list' | 'watch'): void {
    this.requestedAt = this.scheduler.now();
    if (verb === 'watch') this.lastWatchAt = this.requestedAt;
  }

  /** A watch gives way to a list. Returns how many did before, each within two minutes of the next. @internal */
  relisted(): number {
    this.relists = timeLeft(forgottenAfter, this.relistedAt, this.scheduler) > 0 ? this.relists + 1 : 0;
    this.relistedAt = this.scheduler.now();
    return this.relists;
  }

  /** Sets the failures back: all of them, or to what they were. @internal */
  progressed(to: Failures = none): void {
    this.failures = to;
  }

  /** @internal */
  fail(failures: Failures, retryIn: number): void {
    this.failures = failures;
    this.failedAt = this.scheduler.now();
    this.retryIn = retryIn;
    this.toldUntil = this.failedAt + retryIn;
  }
}
