import { type MonoTypeOperatorFunction, takeUntil } from 'rxjs';
import { aborted } from './aborted.ts';

/** `takeUntil` for a signal: completes when it is aborted, at once where it is already. */
export function takeUntilAborted<T>(signal: AbortSignal): MonoTypeOperatorFunction<T> {
  return takeUntil(aborted(signal));
}
