import { type Observable, throwIfEmpty } from 'rxjs';

/** The answer of a request, which is its last value; rejects where it fails. */
export function answerOf<V>(request$: Observable<V>): Promise<V> {
  return new Promise((resolve, reject) => {
    let answer: V;
    request$.pipe(throwIfEmpty()).subscribe({
      next: (value) => (answer = value),
      error: reject,
      complete: () => resolve(answer),
    });
  });
}
