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

/** A flattening operator, as far as a loop needs one: it decides what waits while the loop is busy. */
type Flatten<T> = (project: (value: T) => Observable<never>) => OperatorFunction<T, never>;

/**
 * A stream for a `for await` loop: every value, in order. What comes while the loop is busy waits, without a limit. Each loop
 * subscribes for itself, when it asks for its first value, and unsubscribes when it is left. It ends with the stream, after
 * what came before, or by its error. An abortion of the signal ends it too, at once; what waits is dropped.
 */
export function eachValueFrom<T>(source$: Observable<T>, options?: SignalOptions): AsyncIterable<T> {
  return iterable(source$, (project) => flattenBy(() => new LineBacklog<T>(), project), options);
}

/** The same, but of what comes while the loop is busy only the latest: for states, such as `snapshot$`. */
export function latestValueFrom<T>(source$: Observable<T>, options?: SignalOptions): AsyncIterable<T> {
  return iterable(source$, (project) => flattenBy(() => new LatestBacklog<T>(), project), options);
}

/** The same, but of what comes while the loop is busy only the net change of each key, see `conflateByKey`: for `events$`. */
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
