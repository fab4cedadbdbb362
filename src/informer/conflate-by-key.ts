import type { ObservableInput, OperatorFunction } from 'rxjs';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import { storeKey } from '../store/identity.ts';
import { type Backlog, type ConcurrencyOptions, flattenByKey } from './flatten-by-key.ts';
import { addChange, eventsOfChange, type NetChange } from './net-change.ts';

/**
 * A flattening operator for consumers that may be slower than the changes: what waits is, for each key, the one change that
 * takes the consumer from what it last saw to now. So it never sees an outdated state, and what waits never exceeds the
 * keys.
 *
 * While a change of a key waits:
 *
 * - added, then updated: added, with the latest object;
 * - added, then deleted: nothing;
 * - updated, then updated: updated, from the object that the consumer saw last to the latest;
 * - updated, then deleted: deleted;
 * - deleted, then added under another uid: both; under the same one, an object that came back: updated.
 *
 * Changes of one key are projected one at a time, in order, and keys in the order in which they began to wait. An item is
 * done when its Observable completes. Errors end the stream, as with `mergeMap`; the source may be any stream of events.
 *
 * Throws a RangeError on a concurrency below 1.
 */
export function conflateByKey<T extends KubernetesObject, R>(
  project: (event: InformerEvent<T>) => ObservableInput<R>,
  options: ConcurrencyOptions = {},
): OperatorFunction<InformerEvent<T>, R> {
  return flattenByKey(() => new ConflatedBacklog<T>(), project, options);
}

/** One net change for each key; of one that became two events, the second waits until the first is done. */
class ConflatedBacklog<T extends KubernetesObject> implements Backlog<InformerEvent<T>, InformerEvent<T>> {
  private readonly changes = new Map<string, NetChange<T>>();

  get size(): number {
    return this.changes.size;
  }

  push(event: InformerEvent<T>): void {
    const key = storeKey(event.object);
    const change = addChange(this.changes.get(key), event);
    if (change === undefined) this.changes.delete(key);
    else this.changes.set(key, change);
  }

  take(isBusy: (key: string) => boolean): { readonly key: string; readonly item: InformerEvent<T> } | undefined {
    for (const [key, change] of this.changes) {
      if (isBusy(key)) continue;
      this.changes.delete(key);
      const [item, rest] = eventsOfChange(change);
      if (item === undefined) continue;
      // What is left is the addition after a deletion: its own change from now on, at the end of the line.
      if (rest !== undefined) this.push(rest);
      return { key, item };
    }
    return undefined;
  }

  free(): void {
    // A key that is not busy is found by the next look.
  }
}
