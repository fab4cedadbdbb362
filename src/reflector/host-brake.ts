import { asyncScheduler, Observable, type SchedulerLike, type Subscriber, Subscription } from 'rxjs';
import type { KubeError } from '../protocol/errors/kube-error.ts';
import { runAfter } from '../streams/time/run-after.ts';
import { timeLeft } from '../streams/time/time-left.ts';

/** Milliseconds between two requests to a host that does not answer: from its `n`th request without an answer to the next one. */
export interface Spacing {
  /** Drawn by chance, each time anew. */
  readonly drawn: (n: number) => number;
  /** The longest that chance may draw. */
  readonly longest: (n: number) => number;
}

/** A request waits for its turn, because the host does not answer. */
export interface Unanswered {
  /** A failure of the host. */
  readonly cause: KubeError;
  /** Milliseconds until the request may be sent, at the latest. */
  readonly retryIn: number;
}

/**
 * Decides how soon a host that does not answer may be asked again. All reflectors of this process that ask the host share
 * one brake. While the host is in doubt, requests go one by one, in the order of asking, each a delay after the one before.
 * As soon as one is answered, all may go. So the number of requests without an answer does not grow with the number of
 * reflectors, and the recovery that one of them sees counts for all.
 */
export class HostBrake {
  private readonly scheduler: SchedulerLike;
  private readonly waiting = new Set<Subscriber<Unanswered>>();
  private inDoubt = true;
  /** How many requests were let through since the host has been in doubt. */
  private tries = 0;
  private triedAt = -Infinity;
  private delay = 0;
  private timer = Subscription.EMPTY;
  private answerCount = 0;
  private failure: KubeError | undefined;

  constructor(scheduler: SchedulerLike = asyncScheduler) {
    this.scheduler = scheduler;
  }

  /** How many answers there were. A request that fails while this grows fails alone: the host answers others. */
  get answers(): number {
    return this.answerCount;
  }

  /** The milliseconds, at most, until a request that asks now may be sent. 0 is at once. */
  untilTurn(spacing: Spacing): number {
    return this.inDoubt ? this.untilPlace(this.waiting.size, spacing) : 0;
  }

  /** True while the host is not known to answer. */
  get isInDoubt(): boolean {
    return this.inDoubt;
  }

  /**
   * Completes when a request may be sent. Where there is a wait, it emits the failure of the host as soon as one is known.
   * Unsubscribing gives the place in the line up.
   */
  turn(spacing: Spacing): Observable<Unanswered> {
    return new Observable((subscriber) => {
      if (!this.inDoubt || (this.waiting.size === 0 && this.left() === 0)) {
        this.tried(spacing);
        subscriber.complete();
        return;
      }
      this.waiting.add(subscriber);
      subscriber.add(() => {
        this.waiting.delete(subscriber);
        if (this.waiting.size === 0) this.timer.unsubscribe();
      });
      if (this.waiting.size === 1) this.arm(spacing);
      if (this.failure === undefined) return;
      subscriber.next({ cause: this.failure, retryIn: this.untilPlace(this.waiting.size - 1, spacing) });
    });
  }

  /** The server has answered a request, with whatever it was: all may go. */
  answered(): void {
    this.answerCount += 1;
    if (!this.inDoubt) return;
    this.inDoubt = false;
    this.tries = 0;
    this.failure = undefined;
    this.timer.unsubscribe();
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const each of waiting) each.complete();
  }

  /** A connection broke that had carried an answer. The next request goes at once, all others when it is answered. */
  broke(): void {
    if (this.inDoubt) return;
    this.inDoubt = true;
    this.delay = 0;
  }

  /**
   * A request was given up before it was answered. It counts as if it had not been sent, unless the last request has been out
   * for as long as the first delay.
   */
  withdrawn(spacing: Spacing): void {
    if (!this.inDoubt || this.tries === 0) return;
    if (timeLeft(spacing.longest(1), this.triedAt, this.scheduler) === 0) return;
    this.tries -= 1;
    this.delay = this.tries === 0 ? 0 : spacing.drawn(this.tries);
    if (this.waiting.size > 0) this.arm(spacing);
  }

  /** A request got no answer. */
  failed(error: KubeError, spacing: Spacing): void {
    const isNews = this.failure === undefined;
    this.failure = error;
    if (!this.inDoubt) {
      this.inDoubt = true;
      this.tried(spacing);
    }
    if (!isNews) return;
    const told = [...this.waiting].map((each, place) => ({ each, retryIn: this.untilPlace(place, spacing) }));
    for (const { each, retryIn } of told) each.next({ cause: error, retryIn });
  }

  /** The milliseconds, at most, until the request at this place in the line may go. */
  private untilPlace(place: number, { longest }: Spacing): number {
    let until = this.left();
    for (let before = 1; before <= place; before += 1) until += longest(this.tries + before);
    return until;
  }

  private left(): number {
    return timeLeft(this.delay, this.triedAt, this.scheduler);
  }

  private tried(spacing: Spacing): void {
    if (!this.inDoubt) return;
    this.tries += 1;
    this.triedAt = this.scheduler.now();
    this.delay = spacing.drawn(this.tries);
  }

  private arm(spacing: Spacing): void {
    this.timer.unsubscribe();
    this.timer = runAfter(this.left(), this.scheduler, () => {
      const [first] = this.waiting;
      if (first === undefined) return;
      this.waiting.delete(first);
      this.tried(spacing);
      if (this.waiting.size > 0) this.arm(spacing);
      first.complete();
    });
  }
}

const brakes = new WeakMap<SchedulerLike, Map<string, WeakRef<HostBrake>>>();

/** The brake of a host, the same one for all who ask for it. Without a host it is a new one. */
export function hostBrake(host: string | undefined, scheduler: SchedulerLike): HostBrake {
  if (host === undefined) return new HostBrake(scheduler);
  const known = brakes.get(scheduler) ?? new Map<string, WeakRef<HostBrake>>();
  brakes.set(scheduler, known);
  const held = known.get(host)?.deref();
  if (held !== undefined) return held;
  for (const [name, reference] of known) if (reference.deref() === undefined) known.delete(name);
  const brake = new HostBrake(scheduler);
  known.set(host, new WeakRef(brake));
  return brake;
}
