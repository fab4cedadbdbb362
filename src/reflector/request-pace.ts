import type { SchedulerLike } from 'rxjs';
import type { KubeError } from '../protocol/errors/kube-error.ts';
import { minutes, seconds } from '../streams/time/duration.ts';
import { type HostBrake, hostBrake } from './host-brake.ts';
import { minWatchInterval } from './settings.ts';
import { timeLeft } from '../streams/time/time-left.ts';

/** Failures no longer count when two minutes have passed without a request. Source: the reset of a reflector's backoff in client-go. */
const forgottenAfter = minutes(2);

/** After 10 s without a request, one start need not wait for the second after the one before: React mounts twice, and people click twice. */
const calmAfter = seconds(10);

/** Failures in a row without progress. */
export interface Failures {
  /** All of them. */
  readonly all: number;
  /** Those that the server answered, or that this reflector alone has: the backoff grows with them. */
  readonly own: number;
}

const none: Failures = { all: 0, own: 0 };

/**
 * How soon a reflector may ask again: what it remembers of its requests and failures. It is for one subscription at a time.
 *
 * Subscriptions that follow each other share one, so that a new start does not shorten the delays. The first request of
 * the next subscription comes when the backoff of the one before has passed, and at least a second after its last request.
 * The very first request comes at once, and so does one within a second of it, once in 10 s.
 */
export class RequestPace {
  /** The failure of the host that was told last. */
  toldFailure: KubeError | undefined;
  /** The scheduler's time of the next request, as it was told last. */
  toldUntil: number = -Infinity;
  /** How many answers of the host there were when the connection failed last. */
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

  /** `scheduler`: that of the reflector. */
  constructor(scheduler: SchedulerLike) {
    this.scheduler = scheduler;
  }

  /** The failures in a row without progress. */
  get failed(): Failures {
    return this.failures;
  }

  /** The scheduler's time of the last watch request. */
  get watchedAt(): number {
    return this.lastWatchAt;
  }

  /** Milliseconds until a reflector that starts now may send its first request. */
  get untilNextStart(): number {
    const sinceRequest = this.isFree ? 0 : timeLeft(minWatchInterval, this.requestedAt, this.scheduler);
    return Math.max(sinceRequest, timeLeft(this.retryIn, this.failedAt, this.scheduler));
  }

  /** The brake of a host. Of an unknown host it is a brake that only this pace has. */
  brake(host: string | undefined): HostBrake {
    if (this.brakeOf?.host !== host || this.brakeOf === undefined)
      this.brakeOf = { host, brake: hostBrake(host, this.scheduler) };
    return this.brakeOf.brake;
  }

  /** A subscription starts. */
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

  /** A request is sent. */
  requested(verb: 'list' | 'watch'): void {
    this.requestedAt = this.scheduler.now();
    if (verb === 'watch') this.lastWatchAt = this.requestedAt;
  }

  /** A watch gives way to a list. Returns how many did so before, each within two minutes of the next. */
  relisted(): number {
    this.relists = timeLeft(forgottenAfter, this.relistedAt, this.scheduler) > 0 ? this.relists + 1 : 0;
    this.relistedAt = this.scheduler.now();
    return this.relists;
  }

  /** Forgets the failures in a row: all of them, or those after `to`. */
  progressed(to: Failures = none): void {
    this.failures = to;
  }

  /** A request failed; the next one comes in `retryIn` milliseconds. */
  fail(failures: Failures, retryIn: number): void {
    this.failures = failures;
    this.failedAt = this.scheduler.now();
    this.retryIn = retryIn;
    this.toldUntil = this.failedAt + retryIn;
  }
}
