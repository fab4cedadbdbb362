import {
  concat,
  defer,
  EMPTY,
  filter,
  ignoreElements,
  interval,
  map,
  NEVER,
  type Observable,
  of,
  race,
  type SchedulerLike,
  take,
  takeUntil,
} from 'rxjs';
import type { Interrupted, Phase } from '../protocol/cache-event.ts';
import { KubeError } from '../protocol/errors/kube-error.ts';
import { seconds } from '../streams/time/duration.ts';
import { pause } from '../streams/time/pause.ts';
import { type Cursor, isWatchRequest, phaseOf } from './cursor.ts';
import type { HostBrake } from './host-brake.ts';
import type { RequestPace } from './request-pace.ts';
import type { RetryDelays } from './retry-rules.ts';
import type { ResumableSession } from './session.ts';
import { untilNextWatch } from './until-next-watch.ts';

/** How often a reflector that waits for a host checks whether it is still its turn, in milliseconds. */
const lookAtHost = seconds(1);

/** What repeated sessions know at any time; it outlives a subscription where somebody keeps it. */
export interface ReflectorMemory {
  readonly pace: RequestPace;
  /** What the next session does. */
  cursor: Cursor;
}

/** A session that is repeated, and how. */
export interface RepeatedSession<T> {
  readonly session: ResumableSession<T>;
  readonly delays: RetryDelays;
  readonly scheduler: SchedulerLike;
}

/**
 * The waits between the requests of one reflector: the delay after a failure, and its turn among all reflectors that ask the
 * same host. Each wait says first, as `Interrupted`, why and for how long.
 */
export class RequestTurns {
  private readonly session: ResumableSession<unknown>;
  private readonly memory: ReflectorMemory;
  private readonly delays: RetryDelays;
  private readonly scheduler: SchedulerLike;

  constructor({ session, delays, scheduler }: RepeatedSession<unknown>, memory: ReflectorMemory) {
    this.session = session;
    this.memory = memory;
    this.delays = delays;
    this.scheduler = scheduler;
  }

  /** The brake of the host that the next request is sent to. */
  get brake(): HostBrake {
    return this.memory.pace.brake(hostOf(this.session));
  }

  /** Milliseconds until the next request may be sent: a watch comes a second after the last one, a list at any time. */
  get untilNextRequest(): number {
    const { cursor, pace } = this.memory;
    return isWatchRequest(cursor) ? untilNextWatch(pace.watchedAt, this.scheduler) : 0;
  }

  /**
   * Completes when it is the turn of a request. Where the host does not answer and there is a wait, it says so once, and
   * again if the wait becomes longer.
   */
  turn(): Observable<Interrupted> {
    return defer(() => {
      const { memory, scheduler } = this;
      const { pace } = memory;
      const { brake } = this;
      // A kubeconfig may come to name another server, and nobody who waits for the old one need do so.
      const isMoved = (): boolean => this.brake !== brake;
      const moved$ = interval(lookAtHost, scheduler).pipe(filter(isMoved));
      const told$ = brake.turn(this.delays.spacing).pipe(
        filter(({ cause, retryIn }) => cause !== pace.toldFailure || scheduler.now() + retryIn > pace.toldUntil),
        map(({ cause, retryIn }): Interrupted => {
          pace.toldFailure = cause;
          pace.toldUntil = scheduler.now() + retryIn;
          const error = unansweredElsewhere(this.session.resource ?? 'reflector', cause);
          const phase = phaseOf(memory.cursor);
          return { type: 'Interrupted', error, phase, attempt: Math.max(1, pace.failed.all), retryIn };
        }),
        takeUntil(moved$),
      );
      return concat(
        told$,
        defer(() => (isMoved() ? this.turn() : EMPTY)),
      );
    });
  }

  /** Tells of a failure, then waits for the delay and for the turn. `own`: see `Failures`. */
  waitAfter(error: KubeError, phase: Phase, own: number, delay: number): Observable<Interrupted> {
    const { pace } = this.memory;
    const attempt = pace.failed.all + 1;
    pace.fail({ all: attempt, own }, delay);
    const told: Interrupted = { type: 'Interrupted', error, phase, attempt, retryIn: delay };
    return concat(of(told), this.wait(delay), this.turn());
  }

  /** Waits for the delay, or until somebody asks for all that is due later; the shortest time between requests stays. */
  private wait(delay: number): Observable<never> {
    const { nudged$ } = this.session;
    const wait$ = pause(delay, this.scheduler);
    if (nudged$ === undefined) return wait$;
    const soonest$ = defer(() => pause(this.untilNextRequest, this.scheduler));
    return race(wait$, concat(concat(nudged$, NEVER).pipe(take(1), ignoreElements()), soonest$));
  }

  /** The same if the host did not answer: its brake decides when, and keeps the delay, also for a reflector that starts anew. */
  waitForHost(error: KubeError, phase: Phase): Observable<Interrupted> {
    const { pace } = this.memory;
    pace.toldFailure = error;
    const attempt = pace.failed.all + 1;
    pace.fail({ all: attempt, own: pace.failed.own }, 0);
    const retryIn = Math.max(this.brake.untilTurn(this.delays.spacing), this.untilNextRequest);
    pace.toldUntil = this.scheduler.now() + retryIn;
    const told: Interrupted = { type: 'Interrupted', error, phase, attempt, retryIn };
    // A turn that is due at once, as with a backoff of 0, comes in another turn of the event loop all the same.
    return concat(of(told), pause(0, this.scheduler), this.turn());
  }
}

/** The name of the host; `undefined` where it cannot be had, as the requests will then tell why. */
function hostOf(session: ResumableSession<unknown>): string | undefined {
  try {
    return session.host;
  } catch {
    return undefined;
  }
}

/** The failure of a request that is not sent yet, because another one to its host got no answer. */
function unansweredElsewhere(resource: string, cause: KubeError): KubeError {
  const message = `the host does not answer: another request to it failed with ${cause.reason}; this one waits its turn`;
  return new KubeError({ reason: cause.reason, resource, message, cause });
}
