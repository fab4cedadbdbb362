import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  EMPTY,
  filter,
  interval,
  map,
  type Observable,
  of,
  repeat,
  type SchedulerLike,
  takeUntil,
  tap,
} from 'rxjs';
import type { CacheEvent, Interrupted, Phase } from '../protocol/cache-event.ts';
import { KubeError, kubeErrorFrom } from '../protocol/errors/kube-error.ts';
import { type Backoff, backoffDelay, checkedBackoff } from '../streams/time/backoff.ts';
import { hostBackoff, reflectorBackoff } from './reflector-backoff.ts';
import { chance } from '../streams/time/chance.ts';
import { minutes, seconds } from '../streams/time/duration.ts';
import { checkedRandom } from '../streams/checks/checked-random.ts';
import {
  type Cursor,
  cursorAfterEnd,
  cursorAfterEvent,
  cursorAfterFailure,
  firstList,
  isAnswer,
  isOfNetwork,
} from './cursor.ts';
import type { HostBrake, Spacing } from './host-brake.ts';
import type { Session } from './list-and-watch.ts';
import { pause } from '../streams/time/pause.ts';
import { RequestPace } from './request-pace.ts';
import { newSession, sessionAfterEvent } from './session-record.ts';
import { minWatchInterval } from './settings.ts';
import { untilNextWatch } from './time-left.ts';

/** How a session is repeated. Every option has a default. */
export interface RetryWithBackoffOptions {
  /**
   * How delays grow. Default {@link reflectorBackoff}, 800 ms doubling to 30 s, up to +100% by chance, where the server has
   * answered; {@link hostBackoff}, 1 s growing by a quarter to 3.9 s, up to +10%, where it has not. What is given counts for both.
   */
  readonly backoff?: Partial<Backoff>;
  /**
   * Where a subscription starts; asked by each one, with where the last one of the same `pace` left off. Default: a list.
   * Whoever kept a state can watch from its version, unless a list was to come next.
   */
  readonly from?: (last: Cursor | undefined) => Cursor;
  /** Of one who subscribes again and again: delays go on from subscription to subscription. Default: one for each. */
  readonly pace?: RequestPace;
  /** Where timers run. Default `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** Chance, from 0 to 1. Default `Math.random`. Where it throws it is 0, and RxJS reports the error. */
  readonly random?: () => number;
}

/** A watch that ended or broke is reopened within 250 ms, by chance: the clients of a server that ends them all do not return at once. */
const reopenJitter = 250;

/** A header tells whole seconds; a Status may tell less, and nobody asks ten times within one. */
const shortestRetryAfter = seconds(1);

/** How often whoever waits for a host looks whether it is still the one to ask, in milliseconds. */
const lookAtHost = seconds(1);

/** A server that asks for more than this, in milliseconds, is asked again after this: nothing stops for good. */
const longestRetryAfter = minutes(5);

/**
 * For 10 failures in a row the server's word alone counts, at the next one a step of the backoff too, if it is longer, and so
 * on. Source: client-go rest/request.go, maxRetries, and the reflector above it.
 */
const repeatsByServersWord = 10;

/**
 * Runs one session after the other, for ever: it never completes, and never errors. A failure becomes an `Interrupted`
 * value and the next session starts within `retryIn` milliseconds, where the last one left off.
 *
 * **A server that answers with a failure** is asked again after a delay that grows from failure to failure, or after the
 * delay that it asks for. Progress resets that: a bookmark or a change, a watch that has been open for a minute, or one that
 * broke after a second. A list is no progress, nor is the start of a watch.
 *
 * **A server that does not answer** is asked one request after the other, by all reflectors of this process that know it by
 * the same `host`, at most 19 times a minute; as soon as one is answered, all go on. `retryIn` is then the latest time.
 *
 * **At once**, within 250 ms, follows what lists anew after a 410, unless a watch gave way to a list within the last two
 * minutes, and a watch that broke after it had been open for a second.
 * No two watch requests are closer than a second, whatever ended the first.
 *
 * The cursor belongs to the subscription, and without the option `pace` the delays do: two subscribers run two reflectors.
 */
export function retryWithBackoff<T>(
  session: Session<T>,
  options: RetryWithBackoffOptions = {},
): Observable<CacheEvent<T>> {
  const { scheduler = asyncScheduler, from = () => firstList } = options;
  const random = checkedRandom(options.random);
  const backoff = checkedBackoff(options.backoff ?? {}, reflectorBackoff);
  // Whoever asks for a first delay above the cap means a cap as high.
  const cap = Math.max(hostBackoff.max, options.backoff?.initial ?? 0);
  const unanswered = checkedBackoff(options.backoff ?? {}, { ...hostBackoff, max: cap });
  const spacing: Spacing = {
    drawn: (tries) => backoffDelay(tries, random, unanswered),
    longest: (tries) => backoffDelay(tries, () => 1, unanswered),
  };
  const jitter = (): number => Math.round(reopenJitter * chance(random));
  const delayAfter = (error: KubeError, own: number): number => {
    const { retryAfter = 0 } = error;
    if (!(retryAfter > 0)) return backoffDelay(own, random, backoff);
    const asked = Math.min(Math.max(retryAfter, shortestRetryAfter), longestRetryAfter);
    const rounds = own / (repeatsByServersWord + 1);
    return Number.isInteger(rounds) ? Math.max(backoffDelay(rounds, random, backoff), asked) : asked + jitter();
  };

  return defer(() => {
    const { pace = new RequestPace(scheduler) } = options;
    const wait = pace.untilNextStart;
    let cursor = from(pace.cursor);
    pace.started();
    const brakeOf = (): HostBrake => pace.brake(hostOf(session));
    const phaseOf = ({ next }: Cursor): Phase => (next === 'watch' ? 'watching' : 'listing');

    /** The turn of a request; whoever has to wait for a host that does not answer is told once, and again if it takes longer. */
    const turn$: Observable<Interrupted> = defer(() => {
      const brake = brakeOf();
      // A kubeconfig may come to name another server, and nobody who waits for the old one need do so.
      const isMoved = (): boolean => brakeOf() !== brake;
      const moved$ = interval(lookAtHost, scheduler).pipe(filter(isMoved));
      const told$ = brake.turn(spacing).pipe(
        filter(({ cause, retryIn }) => cause !== pace.told || scheduler.now() + retryIn > pace.toldUntil),
        map(({ cause, retryIn }): Interrupted => {
          pace.told = cause;
          pace.toldUntil = scheduler.now() + retryIn;
          const error = unansweredElsewhere(session.resource ?? 'reflector', cause);
          return { type: 'Interrupted', error, phase: phaseOf(cursor), attempt: Math.max(1, pace.failed.all), retryIn };
        }),
        takeUntil(moved$),
      );
      return concat(
        told$,
        defer(() => (isMoved() ? turn$ : EMPTY)),
      );
    });

    /** Tells of a failure, then waits until the next request may be sent. */
    function waitAfter(error: KubeError, phase: Phase, own: number, delay: number): Observable<Interrupted> {
      const attempt = pace.failed.all + 1;
      pace.fail({ all: attempt, own }, delay);
      const told: Interrupted = { type: 'Interrupted', error, phase, attempt, retryIn: delay };
      return concat(of(told), pause(delay, scheduler), turn$);
    }

    /** The same where the host did not answer: its brake says when. It keeps the delay, also for whoever starts anew. */
    function waitForHost(error: KubeError, phase: Phase): Observable<Interrupted> {
      const brake = brakeOf();
      pace.told = error;
      const attempt = pace.failed.all + 1;
      pace.fail({ all: attempt, own: pace.failed.own }, 0);
      const soonest = cursor.next === 'list' && cursor.how !== 'stream' ? 0 : untilNextWatch(pace.watchedAt, scheduler);
      const retryIn = Math.max(brake.untilTurn(spacing), soonest);
      pace.toldUntil = scheduler.now() + retryIn;
      // A turn that is due at once, as with a backoff of 0, comes in another turn of the event loop all the same.
      return concat(of({ type: 'Interrupted', error, phase, attempt, retryIn } as const), pause(0, scheduler), turn$);
    }

    const once$ = defer(() => {
      const brake = brakeOf();
      let { answers } = brake;
      const failedBefore = pace.failed;
      const startedAt = scheduler.now();
      pace.requested('list');
      let record = newSession(phaseOf(cursor));

      const observe = (event: CacheEvent<T>): void => {
        cursor = pace.cursor = cursorAfterEvent(cursor, event);
        const before = record;
        record = sessionAfterEvent(record, event, scheduler.now());
        if (record.isAnswered && !before.isAnswered) brake.answered();
        if (record.isAnswered) ({ answers } = brake);
        if (record.progressed) pace.progressed();
        if (event.type === 'Requested') pace.requested(event.phase === 'listing' ? 'list' : 'watch');
        if (event.type !== 'Received' || event.phase !== 'listing') return;
        // A page came: the next one is asked for meanwhile, and the pages that failed before it are made good.
        pace.requested('list');
        pace.progressed(failedBefore);
      };

      /** The server has answered the request that is out. */
      const answered = (): void => {
        record = { ...record, isAnswered: true };
        brake.answered();
        ({ answers } = brake);
      };

      /**
       * Takes note of a failure without an answer. True where the host may be at fault: no other request was answered
       * meanwhile, nor any since this reflector failed the last time. Where one was, its own delay grows, and the next
       * request of anybody shows whether the host answers.
       */
      function isOfHost(error: KubeError): boolean {
        if (!isOfNetwork(error) || brake.answers !== answers) return false;
        const isAlone = pace.failed.all > 0 && brake.answers !== pace.answersAtFailure;
        if (isAlone && !brake.isInDoubt) brake.broke();
        else brake.failed(error, spacing);
        pace.answersAtFailure = brake.answers;
        return !isAlone;
      }

      /** A watch gives way to a list at once, but not again and again, whatever comes between. */
      function relistDelay(phase: Phase): number {
        const before = phase === 'watching' && cursor.next === 'list' ? pace.relisted() : 0;
        return before === 0 ? 0 : backoffDelay(before, random, backoff);
      }

      function recover(cause: unknown): Observable<Interrupted> {
        const error = kubeErrorFrom('reflector', cause);
        const { phase, openSince, isAnswered } = record;
        const next = cursorAfterFailure(cursor, error, { phase, opened: openSince !== undefined });
        cursor = pace.cursor = next.cursor;
        if (!isAnswered && isOfHost(error)) return waitForHost(error, phase);
        if (!isAnswered && isAnswer(error)) brake.answered();
        else if (!isAnswered && !isOfNetwork(error)) brake.withdrawn(spacing);
        const hasLived = openSince !== undefined && scheduler.now() - openSince >= minWatchInterval;
        const isBreak = isOfNetwork(error) && hasLived;
        if (isAnswered && isOfNetwork(error)) {
          brake.broke();
          pace.answersAtFailure = brake.answers;
        }
        if (isBreak && phase === 'watching') pace.progressed();
        const isReopened = isBreak && (phase === 'watching' || next.atOnce);
        const isAtOnce = isReopened || (next.atOnce && !isOfNetwork(error));
        const own = pace.failed.own + (isAtOnce ? 0 : 1);
        const delay = isReopened ? jitter() : isAtOnce ? 0 : delayAfter(error, own);
        // A list need not wait for the second between watches; the watch after it will.
        const lists = cursor.next === 'list' && cursor.how !== 'stream';
        const soonest = lists ? 0 : untilNextWatch(pace.watchedAt, scheduler);
        return waitAfter(error, phase, own, Math.max(delay, relistDelay(phase), soonest));
      }

      function again(error: KubeError): Observable<Interrupted> {
        if (isOfHost(error)) return waitForHost(error, 'listing');
        if (isAnswer(error)) answered();
        const own = pace.failed.own + 1;
        return waitAfter(error, 'listing', own, delayAfter(error, own));
      }

      const reopen$ = defer(() => {
        cursor = pace.cursor = cursorAfterEnd(cursor, record.heard);
        const soonest = untilNextWatch(Math.max(pace.watchedAt, startedAt), scheduler);
        return concat(pause(Math.max(soonest, jitter()), scheduler), turn$);
      });

      const session$ = defer(() => session(cursor, { watchedAt: pace.watchedAt, again, answered })).pipe(
        tap({ next: observe, unsubscribe: () => record.isAnswered || brake.withdrawn(spacing) }),
      );
      return concat(session$, reopen$).pipe(catchError(recover));
    });

    return concat(wait > 0 ? pause(wait, scheduler) : EMPTY, turn$, once$.pipe(repeat()));
  });
}

/** Where the name of the host cannot be had, its requests tell why. */
function hostOf<T>(session: Session<T>): string | undefined {
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
