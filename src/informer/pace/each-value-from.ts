import { catchError, concat, defer, EMPTY, type Observable, type OperatorFunction, throwError } from 'rxjs';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { iterate } from '../../streams/iterate.ts';
import { conflateByKey } from './conflate-by-key.ts';
import { checkedSignalIfAny } from '../../streams/checks/checked-signal.ts';
import type { SignalOptions } from '../waiting/first-match.ts';
import type { Backlog } from '../../streams/backlog.ts';
import { flattenBy } from '../../streams/flatten-by.ts';
import { LineBacklog } from '../../streams/line-backlog.ts';
import { takeUntilAborted } from '../../streams/take-until-aborted.ts';

/** The flattening operator of a loop: it decides what waits while the loop is busy. */
type Flatten<T> = (project: (value: T) => Observable<never>) => OperatorFunction<T, never>;

/**
 * Returns a stream for a `for await` loop: every value, in order. Values that come while the loop is busy wait, without a limit.
 * Each loop has its own subscription, from its first value until the loop is left. The loop ends with the stream, after the
 * values that wait, or throws its error. Aborting the signal ends the loop at once and drops the values that wait.
 *
 * ```ts
 * for await (const event of eachValueFrom(pods.events$)) console.log(event.type);
 * ```
 */
export function eachValueFrom<T>(source$: Observable<T>, options?: SignalOptions): AsyncIterable<T> {
  return iterable(source$, (project) => flattenBy(() => new LineBacklog<T>(), project), options);
}

/**
 * {@link eachValueFrom}, but only the latest value waits while the loop is busy: for states, such as `snapshot$`.
 *
 * ```ts
 * for await (const snapshot of latestValueFrom(pods.snapshot$)) render(snapshot.list());
 * ```
 */
export function latestValueFrom<T>(source$: Observable<T>, options?: SignalOptions): AsyncIterable<T> {
  return iterable(source$, (project) => flattenBy(() => new LatestBacklog<T>(), project), options);
}

/**
 * {@link eachValueFrom}, but only the net change of each key waits while the loop is busy, see `conflateByKey`: for `events$`.
 *
 * ```ts
 * for await (const { object } of eachChangeFrom(pods.events$)) await lastValueFrom(reconcile(object));
 * ```
 */
export function eachChangeFrom<E extends InformerEvent<KubernetesObject>>(
  events$: Observable<E>,
  options?: SignalOptions,
): AsyncIterable<E> {
  return iterable(events$, (project) => conflateByKey(project), options);
}

function iterable<T>(source$: Observable<T>, flatten: Flatten<T>, { signal }: SignalOptions = {}): AsyncIterable<T> {
  checkedSignalIfAny(signal);

  function consume(hand: (value: T) => Observable<never>): Observable<never> {
    // Told when the loop is done with what came before it.
    let failure$: Observable<never> = EMPTY;
    const values$ = source$.pipe(
      catchError((error: unknown) => {
        failure$ = throwError(() => error as Error);
        return EMPTY;
      }),
    );
    const consumed$ = concat(
      values$.pipe(flatten(hand)),
      defer(() => failure$),
    );
    return signal ? consumed$.pipe(takeUntilAborted(signal)) : consumed$;
  }
  return { [Symbol.asyncIterator]: () => iterate(consume) };
}

/** The latest value only. */
class LatestBacklog<T> implements Backlog<{ readonly item: T }, T> {
  private latest: { readonly item: T } | undefined;

  push(item: T): void {
    this.latest = { item };
  }

  take(): { readonly item: T } | undefined {
    const { latest } = this;
    this.latest = undefined;
    return latest;
  }

  done(): void {
    // One is taken at a time, so there is nothing that waited for it.
  }
}
