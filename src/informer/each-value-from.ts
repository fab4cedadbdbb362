import { concatMap, Observable, type OperatorFunction, Subscription } from 'rxjs';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { aborted } from './aborted.ts';
import { conflateByKey } from './conflate-by-key.ts';
import type { SignalOptions } from './first-match.ts';
import { type Backlog, flattenByKey } from './flatten-by-key.ts';

/** A flattening operator, as far as a loop needs one: it decides what waits while the loop is busy. */
type Flatten<T> = (project: (value: T) => Observable<never>) => OperatorFunction<T, never>;

/**
 * A stream for a `for await` loop: every value, in order. What comes while the loop is busy waits, without a limit. Each loop
 * subscribes for itself, when it asks for its first value, and unsubscribes when it is left, or the signal aborted, which
 * ends the loop. An error of the stream is thrown into it.
 */
export function eachValueFrom<T>(source$: Observable<T>, options?: SignalOptions): AsyncIterable<T> {
  return iterable(source$, (project) => concatMap(project), options);
}

/** The same, but of what comes while the loop is busy only the latest: for states, such as `snapshot$`. */
export function latestValueFrom<T>(source$: Observable<T>, options?: SignalOptions): AsyncIterable<T> {
  return iterable(source$, (project) => flattenByKey(() => new LatestBacklog<T>(), project), options);
}

/** The same, but of what comes while the loop is busy only the net change of each key, see `conflateByKey`: for `events$`. */
export function eachChangeFrom<T extends KubernetesObject>(
  events$: Observable<InformerEvent<T>>,
  options?: SignalOptions,
): AsyncIterable<InformerEvent<T>> {
  return iterable(events$, (project) => conflateByKey(project), options);
}

function iterable<T>(source$: Observable<T>, flatten: Flatten<T>, { signal }: SignalOptions = {}): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => iterator(source$, flatten, signal) };
}

interface Asked<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

function iterator<T>(source$: Observable<T>, flatten: Flatten<T>, signal?: AbortSignal): AsyncIterator<T, undefined> {
  const asked: Asked<T>[] = [];
  let subscription: Subscription | undefined;
  let hasEnded = false;
  let failure: { readonly error: unknown } | undefined;
  let release = (): void => undefined;

  // Called only while somebody asks: until a value is done, which is when the next one is asked for, the operator holds
  // what follows.
  const hand$ = (value: T): Observable<never> =>
    new Observable((held) => {
      asked.shift()?.resolve({ value, done: false });
      release = () => held.complete();
      if (asked.length > 0) release();
    });

  const answer = (): void => {
    for (const { resolve, reject } of asked.splice(0)) {
      if (failure === undefined) resolve({ value: undefined, done: true });
      else reject(failure.error);
      failure = undefined;
    }
  };

  const end = (): void => {
    hasEnded = true;
    subscription?.unsubscribe();
    answer();
  };

  const start = (): void => {
    subscription = new Subscription();
    if (signal) subscription.add(aborted(signal).subscribe({ next: end, error: end }));
    if (subscription.closed) return;
    const error = (thrown: unknown): void => {
      failure = { error: thrown };
      end();
    };
    subscription.add(source$.pipe(flatten(hand$)).subscribe({ complete: end, error }));
  };

  return {
    next: () =>
      new Promise((resolve, reject) => {
        asked.push({ resolve, reject });
        if (hasEnded) answer();
        else if (subscription === undefined) start();
        else release();
      }),
    return: () => {
      end();
      return Promise.resolve({ value: undefined, done: true });
    },
  };
}

/** The latest value only. */
class LatestBacklog<T> implements Backlog<T, T> {
  private latest: { readonly item: T } | undefined;

  get size(): number {
    return this.latest === undefined ? 0 : 1;
  }

  push(item: T): void {
    this.latest = { item };
  }

  take(isBusy: (key: string) => boolean): { readonly key: string; readonly item: T } | undefined {
    if (this.latest === undefined || isBusy('')) return undefined;
    const { item } = this.latest;
    this.latest = undefined;
    return { key: '', item };
  }

  free(): void {
    // There is one key.
  }
}
