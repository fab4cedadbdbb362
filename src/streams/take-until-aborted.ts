import { type MonoTypeOperatorFunction, takeUntil } from 'rxjs';
import { aborted } from './aborted.ts';
import { checkedSignal } from './checks/checked-signal.ts';

/**
 * `takeUntil` for a signal: completes when the signal is aborted, or at once if it is aborted already. Throws a TypeError for an
 * invalid signal.
 *
 * ```ts
 * interval(seconds(1)).pipe(takeUntilAborted(AbortSignal.timeout(minutes(1)))).subscribe((count) => console.log(count));
 * ```
 */
export function takeUntilAborted<T>(signal: AbortSignal): MonoTypeOperatorFunction<T> {
  return takeUntil(aborted(checkedSignal(signal)));
}
