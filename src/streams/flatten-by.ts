import { defer, type ObservableInput, type OperatorFunction } from 'rxjs';
import type { Backlog } from './backlog.ts';
import { checkedConcurrency, type ConcurrencyOptions, pump } from './pump.ts';

/** An entry of a backlog whose items have keys. */
export interface KeyedItem<Item> {
  readonly key: string;
  readonly item: Item;
}

/**
 * A flattening operator with a backlog for each subscription, which decides which values of the source are projected. It
 * completes when the source has completed and nothing is left. See {@link pump}. Throws a RangeError on a concurrency below 1.
 */
export function flattenBy<E, Item, R>(
  backlogOf: () => Backlog<{ readonly item: Item }, E>,
  project: (item: Item) => ObservableInput<R>,
  options: ConcurrencyOptions = {},
): OperatorFunction<E, R> {
  checkedConcurrency(options);
  return (source$) => defer(() => pump(backlogOf(), source$, ({ item }) => project(item), options));
}
