import { Observable, type Subscription } from 'rxjs';

/**
 * Subscribes to a source again each time that it completes, while `more` returns true. It is a loop: RxJS's `repeat` nests if
 * the source completes at once, and overflows the stack after thousands of times.
 */
export function repeatWhile<T>(source$: Observable<T>, more: () => boolean): Observable<T> {
  return new Observable((subscriber) => {
    let isDue = true;
    let isLooping = false;
    let each: Subscription | undefined;
    const loop = (): void => {
      // The source completed at once: the loop below goes on.
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
              // Releases what the last subscription held before the next one begins.
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
