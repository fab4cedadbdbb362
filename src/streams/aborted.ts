import { Observable } from 'rxjs';

/** Emits once when the signal is aborted, or at once if it is already. Unsubscribing removes its listener. */
export function aborted(signal: AbortSignal): Observable<void> {
  return new Observable((subscriber) => {
    const abort = (): void => {
      subscriber.next();
      subscriber.complete();
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    subscriber.add(() => signal.removeEventListener('abort', abort));
  });
}
