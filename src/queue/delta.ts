import type { Bookmark, CacheEvent, Changed } from '../protocol/cache-event.ts';

/** The complete state as one entry of a queue, a `Replaced` event. */
export interface ReplacedAll<T> {
  readonly type: 'ReplacedAll';
  readonly objects: readonly T[];
  readonly resourceVersion: string;
}

/** The marker to look at everything again as one entry of a queue, a `Sync` event. */
export interface SyncAll {
  readonly type: 'SyncAll';
}

/** An entry of a `RealFifo`, in client-go's words: `expandDelta` leads to those for single objects. */
export type Delta<T> = Changed<T> | ReplacedAll<T> | SyncAll | Bookmark;

/**
 * The event that a delta stands for: `store.next(cacheEventOf(delta))` applies it to a store, in one step.
 *
 * ```ts
 * const known = store<Raw<V1Pod>>();
 * const deltas = realFifo<Raw<V1Pod>>();
 * reflector(podListerWatcher).subscribe(deltas);
 * deltas.process(({ delta }) => {
 *   known.next(cacheEventOf(delta));
 *   return EMPTY;
 * }).subscribe();
 * ```
 */
export function cacheEventOf<T>(delta: Delta<T>): CacheEvent<T> {
  switch (delta.type) {
    case 'ReplacedAll':
      return { type: 'Replaced', objects: delta.objects, resourceVersion: delta.resourceVersion };
    case 'SyncAll':
      return { type: 'Sync' };
    case 'Added':
    case 'Updated':
    case 'Deleted':
    case 'Bookmark':
      return delta;
  }
}
