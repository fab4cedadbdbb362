import { type MonoTypeOperatorFunction, takeUntil } from 'rxjs';
import { aborted } from './aborted.ts';
import { checkedSignal } from './checks/checked-signal.ts';

/** `takeUntil` for a signal: completes when it is aborted, at once where it is already. Throws a TypeError for what is none. */
export function takeUntilAborted<T>(signal: AbortSignal): MonoTypeOperatorFunction<T> {
  return takeUntil(aborted(checkedSignal(signal)));
}
