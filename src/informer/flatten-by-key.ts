import { from, Observable, type ObservableInput, type OperatorFunction, type Subscriber } from 'rxjs';

/** How many things are projected at the same time at most. */
export interface ConcurrencyOptions {
  /** From 1 on, `Infinity` allowed. Default 1. Never two of one key at a time, whatever it is. */
  readonly concurrency?: number;
}

/** What waits to be projected: events go in, things to do come out. One for each subscription. */
export interface Backlog<E, Item> {
  /** How many items wait at most; 0 only where none does. */
  readonly size: number;
  push(event: E): void;
  /** The next item whose key is not busy, taken out. */
  take(isBusy: (key: string) => boolean): { readonly key: string; readonly item: Item } | undefined;
  /** The key is not busy any more. */
  free(key: string): void;
}

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
  return (source$) => new Observable((subscriber) => flatten(source$, backlogOf(), project, concurrency, subscriber));
}

function flatten<E, Item, R>(
  source$: Observable<E>,
  backlog: Backlog<E, Item>,
  project: (item: Item) => ObservableInput<R>,
  concurrency: number,
  subscriber: Subscriber<R>,
): void {
  const busy = new Set<string>();
  const isBusy = (key: string): boolean => busy.has(key);
  let isPumping = false;
  let hasCompleted = false;

  const run = ({ key, item }: { readonly key: string; readonly item: Item }): void => {
    busy.add(key);
    let projected$: Observable<R>;
    try {
      projected$ = from(project(item));
    } catch (error) {
      subscriber.error(error);
      return;
    }
    const inner = projected$.subscribe({
      next: (value) => subscriber.next(value),
      error: (error: unknown) => subscriber.error(error),
      complete: () => {
        busy.delete(key);
        backlog.free(key);
        pump();
      },
    });
    // Not kept once it is over: there may be millions.
    if (!inner.closed) {
      subscriber.add(inner);
      inner.add(() => subscriber.remove(inner));
    }
  };

  // A loop, not a recursion: a million items may be done as soon as they start.
  const pump = (): void => {
    if (isPumping) return;
    isPumping = true;
    while (busy.size < concurrency && backlog.size > 0 && !subscriber.closed) {
      const next = backlog.take(isBusy);
      if (next === undefined) break;
      run(next);
    }
    isPumping = false;
    if (hasCompleted && busy.size === 0 && backlog.size === 0) subscriber.complete();
  };

  subscriber.add(
    source$.subscribe({
      next: (event) => {
        backlog.push(event);
        pump();
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => {
        hasCompleted = true;
        pump();
      },
    }),
  );
}
