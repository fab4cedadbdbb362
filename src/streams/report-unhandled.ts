import { throwError } from 'rxjs';

/** Hands an error that nobody takes to RxJS: it throws it on a timer, or calls its `config.onUnhandledError`. */
export function reportUnhandled(error: Error): void {
  throwError(() => error).subscribe();
}
