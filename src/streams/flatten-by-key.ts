import {
  EMPTY,
  finalize,
  from,
  ignoreElements,
  merge,
  mergeAll,
  Observable,
  type ObservableInput,
  type OperatorFunction,
  Subject,
  tap,
  throwError,
} from 'rxjs';

/** How many things are projected at the same time at most. */
export interface ConcurrencyOptions {
  /** From 1 on, `Infinity` allowed. Default 1. Never two of one key at a time, whatever it is. */
  readonly concurrency?: number | undefined;
}

/** An item that was taken out of a {@link Backlog}. */
export interface TakenItem<Item> {
  readonly key: string;
  readonly item: Item;
}

/** What waits to be projected: events go in, things to do come out. One for each subscription. */
export interface Backlog<E, Item> {
  push(event: E): void;
  /** The next item that may start, taken out. Its key is busy from now on, and no other item of it may start. */
  take(): TakenItem<Item> | undefined;
  /** The key is not busy any more. */
  free(key: string): void;
}

const nothing: readonly never[] = [];

/**
 * A flattening operator whose backlog decides what is left to do: `mergeMap` but for the keys. An item is done when its
 * Observable completes. It completes when the source has and nothing is left; errors end it, those of `project` too.
 * Throws a RangeError on a concurrency below 1.
 */
export function flattenByKey<E, Item, R>(
  backlogOf: () => Backlog<E, Item>,
  project: (item: Item) => ObservableInput<R>,
  { concurrency = 1 }: ConcurrencyOptions = {},
): OperatorFunction<E, R> {
  if (!(concurrency >= 1)) throw new RangeError(`concurrency is ${String(concurrency)}; it takes numbers from 1 on`);
  return (source$) =>
    new Observable((subscriber) => {
      const backlog = backlogOf();
      const started$ = new Subject<Observable<R>>();
      let active = 0;
      let isPumping = false;
      let hasCompleted = false;

      // A loop, not a recursion: a million items may be done as soon as they start.
      const pump = (): void => {
        if (isPumping) return;
        isPumping = true;
        while (active < concurrency && !subscriber.closed) {
          const taken = backlog.take();
          if (taken === undefined) break;
          start(taken);
        }
        isPumping = false;
        // Nothing waits where nothing is busy.
        if (hasCompleted && active === 0) started$.complete();
      };

      const start = ({ key, item }: TakenItem<Item>): void => {
        const projected$ = projectionOf(item);
        // Most handlers are done when they return: nothing has to be subscribed to.
        if (!(projected$ instanceof Observable)) {
          emit(projected$);
          backlog.free(key);
          return;
        }
        active++;
        const done = (): void => {
          active--;
          backlog.free(key);
          pump();
        };
        started$.next(projected$.pipe(finalize(done)));
      };

      const emit = (values: readonly R[]): void => {
        for (const value of values) {
          if (subscriber.closed) return;
          subscriber.next(value);
        }
      };

      function projectionOf(item: Item): readonly R[] | Observable<R> {
        try {
          const projected$ = project(item);
          if (projected$ === EMPTY) return nothing;
          return Array.isArray(projected$) ? [...(projected$ as readonly R[])] : from(projected$);
        } catch (error) {
          return throwError(() => error as Error);
        }
      }

      const next = (event: E): void => {
        backlog.push(event);
        pump();
      };
      const complete = (): void => {
        hasCompleted = true;
        pump();
      };
      // As operators, so that a source and a project that never stop by themselves stop with the subscriber.
      const pushed$ = source$.pipe(tap({ next, complete }), ignoreElements());
      merge(started$.pipe(mergeAll()), pushed$).subscribe(subscriber);
    });
}
