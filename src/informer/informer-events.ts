import { asyncScheduler, Observable, type SchedulerLike } from 'rxjs';
import type { InformerEvent } from '../protocol/informer-event.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { runAfter } from '../streams/time/run-after.ts';
import type { Store } from '../store/store.ts';
import { checkedPeriod } from '../streams/time/period.ts';

/** The boundary between the initial list and what follows; it comes once for each subscription, also after an empty list. */
export interface Synced {
  readonly type: 'synced';
}

/** What a subscriber gets besides the events. */
export interface EventsOptions {
  /** Marks the end of the initial list by {@link Synced}. Default false. */
  readonly withSynced?: boolean;
  /**
   * Every so many milliseconds from the initial list on, each object comes again, as `updated` with itself as the old
   * object. For this subscriber alone, and without a request. A handler or `forEachEvent` that is slower gets one for each
   * object at a time. Default 0: never.
   */
  readonly resyncPeriod?: number;
}

/**
 * The events of a store for one subscriber: first what it holds, each object as `added` with `isInInitialList`, then those
 * of each commit. No gap and no repeat; while a subscriber sees an event, the store is at its commit. Of a store that is
 * not complete yet nothing is told before it is.
 *
 * Throws a RangeError on a negative period.
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

    // One delivery: what a subscriber writes at an object of the list comes after the list.
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
