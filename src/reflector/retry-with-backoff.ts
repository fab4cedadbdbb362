import { asyncScheduler, catchError, concat, defer, type Observable, of, repeat, type SchedulerLike, tap } from 'rxjs';
import type { CacheEvent, Interrupted, Phase } from '../protocol/cache-event.ts';
import { kubeErrorFrom } from '../protocol/kube-error.ts';
import { backoffDelay, checkedBackoff, type Backoff } from '../time/backoff.ts';
import { chance } from '../time/chance.ts';
import { minutes } from '../time/duration.ts';
import { type Cursor, cursorAfterEnd, cursorAfterEvent, cursorAfterFailure, firstList } from './cursor.ts';
import type { Session } from './list-and-watch.ts';
import { pause } from './pause.ts';
import { RequestPace } from './request-pace.ts';
import { platformRandom } from './settings.ts';
import { untilNextWatch } from './time-left.ts';

/** How a session is repeated. Every option has a default. */
export interface RetryWithBackoffOptions {
  /** Default {@link reflectorBackoff}: 800 ms doubling to 30 s, up to +100% by chance. */
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
  /** Chance, from 0 to 1. Default `Math.random`. */
  readonly random?: () => number;
}

/** A watch that ended well is reopened within so many milliseconds, by chance: the clients of a server that ends them all do not return at once. */
const reopenJitter = 250;

/** A server that asks for more than this, in milliseconds, is asked again after this: nothing stops for good. */
const longestRetryAfter = minutes(5);

/**
 * Runs one session after the other, for ever: it never completes, and never errors. A failure becomes an `Interrupted`
 * value and the next session starts `retryIn` milliseconds later, where the last one left off.
 *
 * The delay grows from failure to failure and is reset by progress only: a bookmark or a change, or a watch that has been
 * open for a minute. A list is no progress, nor is the start of a watch. A server that asks for a longer delay gets it.
 * No two watch requests are closer than a second, whatever ended the first.
 *
 * The cursor belongs to the subscription, and without the option `pace` the delays do: two subscribers run two reflectors.
 */
export function retryWithBackoff<T>(
  session: Session<T>,
  options: RetryWithBackoffOptions = {},
): Observable<CacheEvent<T>> {
  const { scheduler = asyncScheduler, random = platformRandom, from = () => firstList } = options;
  const backoff = checkedBackoff(options.backoff ?? {});
  return defer(() => {
    const { pace = new RequestPace(scheduler) } = options;
    const wait = pace.untilNextStart;
    let cursor = from(pace.cursor);
    pace.started();

    const once$ = defer(() => {
      const startedAt = scheduler.now();
      pace.requested('list');
      let phase: Phase = cursor.next === 'watch' ? 'watching' : 'listing';
      let opened: Phase | undefined;
      let heard = false;
      let retryIn: number | undefined;

      const observe = (event: CacheEvent<T>): void => {
        cursor = pace.cursor = cursorAfterEvent(cursor, event);
        if (event.type === 'Progress') {
          phase = event.phase;
          if (!event.open) {
            pace.requested(phase === 'listing' ? 'list' : 'watch');
          } else {
            if (phase === 'watching' && opened === phase) pace.progressed();
            opened = phase;
          }
        } else if (event.type !== 'Replaced' && event.type !== 'Refused') {
          pace.progressed();
          heard = true;
        }
      };

      const recover = (cause: unknown): Interrupted => {
        const error = kubeErrorFrom('reflector', cause);
        const next = cursorAfterFailure(cursor, error, phase);
        cursor = pace.cursor = next.cursor;
        const attempt = pace.attempt + 1;
        const asked = Math.min(error.retryAfter ?? 0, longestRetryAfter);
        const delay = next.atOnce ? 0 : Math.max(backoffDelay(attempt, random, backoff), asked);
        // A list need not wait for the second between watches; the watch after it will.
        const lists = cursor.next === 'list' && cursor.how !== 'stream';
        retryIn = lists ? delay : Math.max(delay, untilNextWatch(pace.watchedAt, scheduler));
        pace.failed(retryIn);
        return { type: 'Interrupted', error, phase, attempt, retryIn };
      };

      const reopenIn = (): number => {
        cursor = cursorAfterEnd(cursor, heard);
        const soonest = untilNextWatch(Math.max(pace.watchedAt, startedAt), scheduler);
        return Math.max(soonest, Math.round(reopenJitter * chance(random)));
      };

      return concat(
        defer(() => session(cursor, pace.watchedAt)).pipe(
          tap(observe),
          catchError((cause: unknown) => of(recover(cause))),
        ),
        defer(() => pause(retryIn ?? reopenIn(), scheduler)),
      );
    });

    const sessions$ = once$.pipe(repeat());
    return wait > 0 ? concat(pause(wait, scheduler), sessions$) : sessions$;
  });
}
