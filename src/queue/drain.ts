import { catchError, defer, EMPTY, finalize, mergeMap, Observable, type ObservableInput, Subject } from 'rxjs';
import { QueueError } from './queue-error.ts';
import type { Supply, Taken } from './supply.ts';

/** How items are processed. */
export interface ProcessOptions<Item> {
  /** How many items are in process at the same time at most. Default 1. */
  readonly concurrency?: number;
  /**
   * Is told of an item whose processing failed; the others go on. Default: the whole processing ends with that error, and
   * what is in process is given up. What the handler throws ends it too.
   */
  readonly onError?: (error: QueueError, item: Item) => void;
}

/** The items of a supply, each processed by an Observable: an item is done when that completes. See `Queue.process`. */
export function drain<Item, R>(
  supply: Supply<Item>,
  project: (item: Item) => ObservableInput<R>,
  { concurrency = 1, onError }: ProcessOptions<Item> = {},
): Observable<R> {
  const given: unknown = project;
  if (typeof given !== 'function') throw new TypeError('items are processed by a function');
  if (!(concurrency >= 1)) throw new RangeError(`concurrency is ${concurrency}; it takes numbers from 1 on`);
  return new Observable((subscriber) => {
    const started$ = new Subject<Taken<Item>>();
    let active = 0;
    let isPumping = false;

    // A loop, not a recursion: a million items may be done as soon as they start.
    const pump = (): void => {
      if (isPumping) return;
      isPumping = true;
      while (active < concurrency && !subscriber.closed) {
        const taken = supply.take();
        if (taken === undefined) break;
        active++;
        started$.next(taken);
      }
      isPumping = false;
      supply.settle();
      if (active === 0 && supply.isDrained()) started$.complete();
    };

    function processed({ item, name, done }: Taken<Item>): Observable<R> {
      return defer(() => project(item)).pipe(
        catchError((cause: unknown) => {
          const error = processFailed(name, cause);
          if (onError === undefined) throw error;
          onError(error, item);
          return EMPTY;
        }),
        // Whichever way it ends: completed, failed or given up.
        finalize(() => {
          active--;
          done();
          supply.wake();
        }),
      );
    }

    started$.pipe(mergeMap(processed)).subscribe(subscriber);
    subscriber.add(supply.wake$.subscribe({ next: pump, error: (error: unknown) => subscriber.error(error) }));
    pump();
  });
}

function processFailed(name: string, cause: unknown): QueueError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new QueueError({
    reason: 'ProcessFailed',
    message: `processing ${name} failed, it is not queued again: ${why}`,
    cause,
  });
}
