import type { ObservableInput, OperatorFunction } from 'rxjs';
import type { InformerEvent } from '../../protocol/informer-event.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import { eventKey, type PartedEvent } from './event-key.ts';
import type { Backlog } from '../../streams/backlog.ts';
import { flattenBy, type KeyedItem } from '../../streams/flatten-by.ts';
import type { ConcurrencyOptions } from '../../streams/pump.ts';
import { netChange, type NetChange } from './net-change.ts';

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
 * - deleted, then added under another uid: both; under the same one, an object that came back: updated, from the object
 *   that the consumer saw last.
 *
 * Changes of one key are projected one at a time, in order. Keys take turns, in the order in which they began to wait; one
 * that changes while it is in process begins to wait when that is done. An item is done when its Observable completes.
 * Errors end the stream, as with `mergeMap`. The source may be any stream of events, of merged informers too.
 *
 * It remembers, for each key that lives, the object that the consumer saw last.
 *
 * Throws a RangeError on a concurrency below 1.
 *
 * ```ts
 * pods.events$.pipe(conflateByKey(({ object }) => reconcile(object), { concurrency: 4 })).subscribe();
 * ```
 */
export function conflateByKey<E extends InformerEvent<KubernetesObject>, R>(
  project: (event: E) => ObservableInput<R>,
  options?: ConcurrencyOptions,
): OperatorFunction<E, R> {
  return flattenBy(() => new ConflatedBacklog(), project as (event: ToldEvent) => ObservableInput<R>, options);
}

type ToldEvent = PartedEvent<KubernetesObject>;
type Change = NetChange<KubernetesObject>;

/** One net change for each key; of one that became two events, the second waits until the first is done. */
class ConflatedBacklog implements Backlog<KeyedItem<ToldEvent>, ToldEvent> {
  /** What the consumer saw last of each key. */
  private readonly seen = new Map<string, KubernetesObject>();
  private readonly waiting = new Map<string, Change>();
  /** The keys in process, each with what happened to it meanwhile. */
  private readonly busy = new Map<string, Change>();
  /** The keys that waited at some point, from the next one on. */
  private line: Iterator<string, undefined> = [].values();

  push(event: ToldEvent): void {
    const key = eventKey(event);
    const changes = this.busy.has(key) ? this.busy : this.waiting;
    const change = netChange(changes.get(key) ?? [], event, this.seen.get(key));
    if (change.length > 0 || changes === this.busy) changes.set(key, change);
    else changes.delete(key);
  }

  take(): KeyedItem<ToldEvent> | undefined {
    const key = this.next();
    if (key === undefined) return undefined;
    const [item, rest] = this.waiting.get(key) ?? [];
    if (item === undefined) return undefined;
    this.waiting.delete(key);
    this.busy.set(key, rest === undefined ? [] : [rest]);
    if (item.type === 'deleted') this.seen.delete(key);
    else this.seen.set(key, item.object);
    return { key, item };
  }

  done({ key }: KeyedItem<ToldEvent>): void {
    const change = this.busy.get(key) ?? [];
    this.busy.delete(key);
    if (change.length > 0) this.waiting.set(key, change);
  }

  /** The first key that waits. */
  private next(): string | undefined {
    for (;;) {
      const { value: key } = this.line.next();
      if (key === undefined) {
        if (this.waiting.size === 0) return undefined;
        // Line by line, because to find the first key of a map takes time by the keys that were deleted before it.
        this.line = [...this.waiting.keys()].values();
      } else if (this.waiting.has(key)) return key;
    }
  }
}
