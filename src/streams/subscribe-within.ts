import { Observable, type Observer, type Subscriber, type TeardownLogic } from 'rxjs';

/**
 * Subscribes until `subscriber` ends. The teardown is added before the subscription begins, so that a source that emits for
 * ever during its subscription stops as well. An error goes to `subscriber` unless the observer handles it.
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
