import { throwError } from 'rxjs';

/** Hands an error that nobody handles to RxJS, which calls its `config.onUnhandledError` or throws the error on a timer. */
export function reportUnhandled(error: Error): void {
  throwError(() => error).subscribe();
}
