import { Observable, type Observer, type Subscriber, type TeardownLogic } from 'rxjs';

/**
 * Subscribes for as long as `subscriber` is, with what ends it added before it begins: one that emits for ever while it is
 * subscribed to stops as well. An error goes to `subscriber` unless the observer takes it.
 */
export function subscribeWithin<T>(
  subscriber: Subscriber<unknown>,
  source$: Observable<T>,
  observer: Partial<Observer<T>>,
  teardown?: TeardownLogic,
): void {
  const begun$ = new Observable<T>((inner) => {
    subscriber.add(inner);
    inner.add(teardown);
    return source$.subscribe(inner);
  });
  begun$.subscribe({ error: (error: unknown) => subscriber.error(error), ...observer });
}
