import { Observable, type OperatorFunction, type SchedulerLike, Subscription } from 'rxjs';
import type { CacheEvent } from '../protocol/cache-event.ts';
import { runAfter } from '../streams/time/run-after.ts';
import { seconds } from '../streams/time/duration.ts';

/** A watch was asked for, and the server has not answered within a second. */
export interface Unanswered {
  readonly type: 'Unanswered';
}

/** Longer than it takes to reopen a watch, a new connection included, of a server that is well. */
const patience = seconds(1);

/** The events, and an {@link Unanswered} where the next one after the request of a watch is long in coming. */
export function tellUnanswered<T>(
  scheduler: SchedulerLike,
): OperatorFunction<CacheEvent<T>, CacheEvent<T> | Unanswered> {
  return (events$) =>
    new Observable((subscriber) => {
      let timer = Subscription.EMPTY;
      const next = (event: CacheEvent<T>): void => {
        const isRequest = event.type === 'Requested' && event.phase === 'watching';
        if (!isRequest) {
          timer.unsubscribe();
        } else if (timer.closed) {
          timer = runAfter(patience, scheduler, () => subscriber.next({ type: 'Unanswered' }));
        }
        subscriber.next(event);
      };
      subscriber.add(() => timer.unsubscribe());
      subscriber.add(events$.subscribe({ next, error: (error: unknown) => subscriber.error(error) }));
    });
}
