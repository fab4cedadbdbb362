import { asyncScheduler, Observable, type SchedulerLike } from 'rxjs';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { runAfter } from '../streams/time/run-after.ts';
import type { Store } from '../store/store.ts';
import { checkedPeriod } from '../streams/time/period.ts';

/** The end of the initial list. It comes once for each subscription, also after an empty list. */
export interface Synced {
  readonly type: 'synced';
}

/** What a subscriber gets in addition to the events. */
export interface EventsOptions {
  /** Marks the end of the initial list by {@link Synced}. Default false. */
  readonly withSynced?: boolean;
  /**
   * Milliseconds between resyncs, from the initial list on. In a resync each object comes as `updated`, with itself as the old
   * object, to this subscriber alone and without a request. A handler or `concatMapByKey` that is slower than the period has at
   * most one resync of each object waiting. Default 0: never.
   */
  readonly resyncPeriod?: number;
}

/**
 * Returns the events of a store for one subscriber: first each stored object as `added` with `isInInitialList`, then the events
 * of each commit, without a gap or a repeat. While a subscriber handles an event, the store is at its commit. Nothing comes
 * before the store is complete.
 *
 * Throws a RangeError for a negative period.
 */
export function informerEvents<T extends KubernetesObject, I extends string>(
  store: Store<T, I>,
  { withSynced = false, resyncPeriod = 0 }: EventsOptions = {},
  scheduler: SchedulerLike = asyncScheduler,
): Observable<InformerEvent<T> | Synced> {
  checkedPeriod('resyncPeriod', resyncPeriod);
  return new Observable((subscriber) => {
    let isSynced = false;

    const sync = (): void => {
      isSynced = true;
      if (withSynced) subscriber.next({ type: 'synced' });
      if (resyncPeriod > 0 && resyncPeriod < Infinity && !subscriber.closed) arm();
    };

    const arm = (): void => {
      const timer = runAfter(resyncPeriod, scheduler, () => {
        subscriber.remove(timer);
        arm();
        store.deliver(repeat);
      });
      subscriber.add(timer);
    };

    const repeat = (): void => {
      for (const object of store.snapshot$.value.list()) {
        if (subscriber.closed) return;
        subscriber.next({ type: 'updated', object, oldObject: object });
      }
    };

    // One delivery, so that a write that a subscriber makes during the list comes after the list.
    store.deliver(() => {
      subscriber.add(
        store.commits$.subscribe({
          next: ({ snapshot, events }) => {
            for (const event of events) {
              if (subscriber.closed) return;
              subscriber.next(event);
            }
            if (!isSynced && snapshot.synced && !subscriber.closed) sync();
          },
          error: (error: unknown) => subscriber.error(error),
        }),
      );
      const initial = store.snapshot$.value;
      if (!initial.synced) return;
      for (const object of initial.list()) {
        if (subscriber.closed) return;
        subscriber.next({ type: 'added', object, isInInitialList: true });
      }
      if (!subscriber.closed) sync();
    });
  });
}
