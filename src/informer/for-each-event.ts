import { catchError, defer, EMPTY, type ObservableInput, type OperatorFunction } from 'rxjs';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { storeKey } from '../store/identity.ts';
import { type Backlog, type ConcurrencyOptions, flattenByKey } from './flatten-by-key.ts';
import { HandlerError } from './handler-error.ts';

/** How {@link forEachEvent} works. */
export interface ForEachEventOptions<T> extends ConcurrencyOptions {
  /** Is told of an event whose project failed; the others go on. Default: the error ends the stream. */
  readonly onHandlerError?: ((error: HandlerError<T>) => void) | undefined;
}

/**
 * A flattening operator that projects every event, in order: `concatMap`, and with a concurrency above 1 `mergeMap`, but
 * never two of one key at a time. An event whose project throws or errors is given up, `onHandlerError` hears of it, and
 * the next one follows.
 *
 * Nothing is left out and nothing waits for the consumer but here, without a limit: `conflateByKey` has one.
 *
 * Throws a RangeError on a concurrency below 1.
 */
export function forEachEvent<T extends KubernetesObject, R>(
  project: (event: InformerEvent<T>) => ObservableInput<R>,
  { onHandlerError, ...options }: ForEachEventOptions<T> = {},
): OperatorFunction<InformerEvent<T>, R> {
  const isolated$ = (event: InformerEvent<T>): ObservableInput<R> =>
    defer(() => project(event)).pipe(
      catchError((cause: unknown) => {
        const error = new HandlerError(event, cause);
        if (onHandlerError === undefined) throw error;
        onHandlerError(error);
        return EMPTY;
      }),
    );
  return flattenByKey(() => new OrderedBacklog<T>(), isolated$, options);
}

/** Every event. One that has come to the head of the line while its key is busy steps aside until that is done. */
class OrderedBacklog<T extends KubernetesObject> implements Backlog<InformerEvent<T>, InformerEvent<T>> {
  private line: InformerEvent<T>[] = [];
  private head = 0;
  private readonly aside = new Map<string, InformerEvent<T>[]>();
  /** What stepped aside and may go on: older than everything in line. */
  private readonly freed: string[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(event: InformerEvent<T>): void {
    this.line.push(event);
    this.count++;
  }

  take(isBusy: (key: string) => boolean): { readonly key: string; readonly item: InformerEvent<T> } | undefined {
    for (let key = this.freed.shift(); key !== undefined; key = this.freed.shift()) {
      const waiting = this.aside.get(key);
      const item = isBusy(key) ? undefined : waiting?.shift();
      if (waiting?.length === 0) this.aside.delete(key);
      if (item !== undefined) return this.taken(key, item);
    }
    for (let item = this.next(); item !== undefined; item = this.next()) {
      const key = storeKey(item.object);
      if (!isBusy(key) && !this.aside.has(key)) return this.taken(key, item);
      const waiting = this.aside.get(key);
      if (waiting === undefined) this.aside.set(key, [item]);
      else waiting.push(item);
    }
    return undefined;
  }

  free(key: string): void {
    if (this.aside.has(key)) this.freed.push(key);
  }

  private taken(key: string, item: InformerEvent<T>): { readonly key: string; readonly item: InformerEvent<T> } {
    this.count--;
    return { key, item };
  }

  private next(): InformerEvent<T> | undefined {
    const item = this.line[this.head];
    if (item === undefined) return undefined;
    this.line[this.head++] = undefined as never;
    // Not at each step, so that a long line is not copied again and again.
    if (this.head > 1024 && this.head * 2 > this.line.length) {
      this.line = this.line.slice(this.head);
      this.head = 0;
    }
    return item;
  }
}
