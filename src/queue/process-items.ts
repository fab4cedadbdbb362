import type { Observable, ObservableInput } from 'rxjs';
import type { Backlog } from '../streams/backlog.ts';
import { isolated } from '../streams/isolated.ts';
import { pump } from '../streams/pump.ts';
import { QueueError } from './queue-error.ts';
import type { Taken } from './taken.ts';

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

/** The items of a backlog, each processed by an Observable, and their failures. See `Queue.process`. */
export function processItems<Item, R>(
  backlog: Backlog<Taken<Item>>,
  wake$: Observable<void>,
  project: (item: Item) => ObservableInput<R>,
  { onError, ...options }: ProcessOptions<Item> = {},
): Observable<R> {
  const given: unknown = project;
  if (typeof given !== 'function') throw new TypeError('items are processed by a function');
  function failed(cause: unknown, { name, item }: Taken<Item>): void {
    const error = processFailed(name, cause);
    if (onError === undefined) throw error;
    onError(error, item);
  }
  return pump(
    backlog,
    wake$,
    isolated(({ item }) => project(item), failed),
    options,
  );
}

function processFailed(name: string, cause: unknown): QueueError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new QueueError({
    reason: 'ProcessFailed',
    message: `processing ${name} failed, it is not queued again: ${why}`,
    cause,
  });
}
