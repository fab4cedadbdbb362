import { Observable, type OperatorFunction, type SchedulerLike, Subscription } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import { runAfter } from '../streams/time/run-after.ts';
import { seconds } from '../streams/time/duration.ts';

/** A watch was requested, and the server has not answered within a second. */
export interface Unanswered {
  readonly type: 'Unanswered';
}

/** A healthy server opens a watch within this time, also over a new connection. In milliseconds. */
const expectedWithin = seconds(1);

/** The events that end the wait for an answer: the server has answered, or the request has failed or is a list. */
const endsWait = {
  Replaced: true,
  Added: true,
  Updated: true,
  Deleted: true,
  Bookmark: true,
  Sync: false,
  Requested: false,
  Opened: true,
  Received: true,
  Settled: true,
  Unwatched: true,
  HeldBack: true,
  Interrupted: true,
  Refused: true,
} satisfies Record<CacheEvent<unknown>['type'], boolean>;

/**
 * Passes the events on, and adds an {@link Unanswered} if no answer comes within a second after a watch request. A second watch
 * request before the answer does not start that second anew.
 */
export function tellUnanswered<T>(
  scheduler: SchedulerLike,
): OperatorFunction<CacheEvent<T>, CacheEvent<T> | Unanswered> {
  return (events$) =>
    new Observable((subscriber) => {
      let timer = Subscription.EMPTY;
      const next = (event: CacheEvent<T>): void => {
        const isWatchRequest = event.type === 'Requested' && event.phase === 'watching';
        const isListRequest = event.type === 'Requested' && event.phase !== 'watching';
        if (isListRequest || endsWait[event.type]) timer.unsubscribe();
        if (isWatchRequest && timer.closed)
          timer = runAfter(expectedWithin, scheduler, () => subscriber.next({ type: 'Unanswered' }));
        subscriber.next(event);
      };
      subscriber.add(() => timer.unsubscribe());
      subscriber.add(events$.subscribe({ next, error: (error: unknown) => subscriber.error(error) }));
    });
}
