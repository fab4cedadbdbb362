import { EMPTY, from, Observable, type ObservableInput } from 'rxjs';
import type { Backlog } from './backlog.ts';
import { subscribeWithin } from './subscribe-within.ts';

/** How many entries are projected at the same time. */
export interface ConcurrencyOptions {
  /** At least 1; `Infinity` is allowed. Default 1. Two entries of one key are never projected at the same time. */
  readonly concurrency?: number | undefined;
}

/** Returns the concurrency, or throws a RangeError on one below 1. */
export function checkedConcurrency({ concurrency = 1 }: ConcurrencyOptions): number {
  if (!(concurrency >= 1)) throw new RangeError(`concurrency is ${String(concurrency)}; it takes numbers from 1 on`);
  return concurrency;
}

const nothing: readonly never[] = [];

/**
 * Works a backlog off. It takes an entry when fewer than `concurrency` are in process, projects it, and emits what the
 * projection emits; the entry is done when that ends. Each value of `wake$` goes to the backlog, if it takes values, and makes
 * the pump look for entries again; so does the end of `wake$`. It completes when the backlog is drained and nothing is in
 * process, and errors if `project`, a projection or `wake$` does. Unsubscribing gives up the entries in process. After
 * the end it takes no entry, not even one that is added because of the end.
 *
 * Entries that are done as soon as they start run in a loop, not a recursion. An empty or an array projection is not
 * subscribed to.
 *
 * Throws a RangeError on a concurrency below 1.
 */
export function pump<Entry, E, R>(
  backlog: Backlog<Entry, E>,
  wake$: Observable<E>,
  project: (entry: Entry) => ObservableInput<R>,
  options: ConcurrencyOptions = {},
): Observable<R> {
  const concurrency = checkedConcurrency(options);
  return new Observable((subscriber) => {
    let active = 0;
    let isPumping = false;
    let hasEnded = false;
    let isOver = false;
    const isDrained = (): boolean => backlog.isDrained?.() ?? hasEnded;

    const run = (): void => {
      if (isPumping) return;
      isPumping = true;
      while (active < concurrency && !isOver && !subscriber.closed) {
        const entry = backlog.take();
        if (entry === undefined) break;
        start(entry);
      }
      isPumping = false;
      backlog.rest?.();
      if (active > 0 || isOver || !isDrained()) return;
      isOver = true;
      subscriber.complete();
    };

    // RxJS tells its consumer of the end before it closes the subscriber. What the consumer adds then is for another one.
    const fail = (error: unknown): void => {
      isOver = true;
      subscriber.error(error);
    };

    const start = (entry: Entry): void => {
      const projected$ = projectionOf(entry);
      if (projected$ instanceof Observable && !subscriber.closed) {
        active++;
        const done = (): void => {
          active--;
          backlog.done(entry);
          run();
        };
        subscribeWithin(subscriber, projected$, { next: emit, error: fail }, done);
        return;
      }
      // Most projections are done when `project` returns: no subscription is needed. The same if `project` has ended the pump.
      if (!(projected$ instanceof Observable)) emitAll(projected$);
      backlog.done(entry);
    };

    const emit = (value: R): void => subscriber.next(value);
    const emitAll = (values: readonly R[]): void => {
      for (const value of values) {
        if (subscriber.closed) return;
        emit(value);
      }
    };

    function projectionOf(entry: Entry): readonly R[] | Observable<R> {
      try {
        const projected$ = project(entry);
        if (projected$ === EMPTY) return nothing;
        return Array.isArray(projected$) ? [...(projected$ as readonly R[])] : from(projected$);
      } catch (error) {
        fail(error);
        return nothing;
      }
    }

    const wake = (event: E): void => {
      try {
        backlog.push?.(event);
      } catch (error) {
        fail(error);
        return;
      }
      run();
    };
    const end = (): void => {
      hasEnded = true;
      run();
    };
    subscribeWithin(subscriber, wake$, { next: wake, error: fail, complete: end });
    run();
  });
}
