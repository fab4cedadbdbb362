import { Observable, type Subscription } from 'rxjs';

/**
 * Subscribes to a source, and again each time that it completes, while `more` says so. A loop: RxJS's `repeat` nests
 * where a source completes at once, and thousands of times overflow the stack.
 */
export function repeatWhile<T>(source$: Observable<T>, more: () => boolean): Observable<T> {
  return new Observable((subscriber) => {
    let isDue = true;
    let isLooping = false;
    let each: Subscription | undefined;
    const loop = (): void => {
      // One that completed at once: whoever subscribed to it goes on.
      if (isLooping) return;
      isLooping = true;
      while (isDue && !subscriber.closed) {
        isDue = false;
        each = source$.subscribe({
          next: (value) => subscriber.next(value),
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            isDue = !subscriber.closed && more();
            if (isDue) {
              // What it held is given up before the next one begins, not after.
              each?.unsubscribe();
              loop();
            } else {
              subscriber.complete();
            }
          },
        });
        subscriber.add(each);
      }
      isLooping = false;
    };
    loop();
  });
}
