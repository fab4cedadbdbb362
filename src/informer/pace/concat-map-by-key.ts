import type { ObservableInput, OperatorFunction } from 'rxjs';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { Line } from '../../streams/line.ts';
import { eventKey } from './event-key.ts';
import type { Backlog } from '../../streams/backlog.ts';
import { flattenBy, type KeyedItem } from '../../streams/flatten-by.ts';
import { isolated } from '../../streams/isolated.ts';
import type { ConcurrencyOptions } from '../../streams/pump.ts';
import { HandlerError } from '../handlers/handler-error.ts';
import { WaitingResyncs } from '../handlers/waiting-resyncs.ts';

/** How {@link concatMapByKey} works. */
export interface ConcatMapByKeyOptions<T> extends ConcurrencyOptions {
  /**
   * Is told of an event whose project failed; the others go on. What it throws itself ends the stream. Default: the stream
   * ends with the {@link HandlerError}.
   */
  readonly onHandlerError?: ((error: HandlerError<T>) => void) | undefined;
}

/**
 * A flattening operator that projects every event, in order: like `concatMap`, or like `mergeMap` with a concurrency above 1,
 * but never two events of one key at a time. If the project fails for an event, `onHandlerError` gets the error and the next
 * event follows.
 *
 * A project that has done its work when it returns should return `EMPTY` or an array: they cost no subscription.
 *
 * Events wait here for the consumer, without a limit; `conflateByKey` has one. Only a resync is left out, if another one of
 * the same object waits already: resyncs would pile up if they came faster than the consumer handles them.
 *
 * Throws a RangeError on a concurrency below 1.
 *
 * ```ts
 * pods.events$.pipe(concatMapByKey(({ object }) => reconcile(object), { onHandlerError: console.error })).subscribe();
 * ```
 */
export function concatMapByKey<E extends InformerEvent<KubernetesObject>, R>(
  project: (event: E) => ObservableInput<R>,
  { onHandlerError, ...options }: ConcatMapByKeyOptions<E['object']> = {},
): OperatorFunction<E, R> {
  function failed(cause: unknown, event: E): void {
    const error = new HandlerError<E['object']>(event, cause);
    if (onHandlerError === undefined) throw error;
    onHandlerError(error);
  }
  return flattenBy(() => new OrderedBacklog<E>(), isolated(project, failed), options);
}

/** Every event, but one resync of each object. One that has come to the head of the line while its key is busy steps aside until that is done. */
class OrderedBacklog<E extends InformerEvent<KubernetesObject>> implements Backlog<KeyedItem<E>, E> {
  private readonly line = new Line<KeyedItem<E>>();
  private readonly resyncs = new WaitingResyncs();
  /** The keys in process, each with what stepped aside for it. */
  private readonly busy = new Map<string, Line<KeyedItem<E>> | undefined>();
  /** What stepped aside and may go on, by key: older than everything in line. */
  private readonly freed = new Line<Line<KeyedItem<E>>>();

  push(event: E): void {
    if (this.resyncs.admits(event)) this.line.push({ key: eventKey(event), item: event });
  }

  take(): KeyedItem<E> | undefined {
    const freed = this.freed.shift();
    const first = freed?.shift();
    if (first !== undefined) return this.start(first, freed);
    for (let next = this.line.shift(); next !== undefined; next = this.line.shift()) {
      if (!this.busy.has(next.key)) return this.start(next);
      const aside = this.busy.get(next.key);
      if (aside === undefined) this.busy.set(next.key, new Line([next]));
      else aside.push(next);
    }
    return undefined;
  }

  done({ key }: KeyedItem<E>): void {
    const aside = this.busy.get(key);
    this.busy.delete(key);
    if (aside !== undefined) this.freed.push(aside);
  }

  private start(taken: KeyedItem<E>, aside?: Line<KeyedItem<E>>): KeyedItem<E> {
    this.resyncs.taken(taken.item);
    this.busy.set(taken.key, aside?.length === 0 ? undefined : aside);
    return taken;
  }
}
