import { defer, finalize, merge, type Observable, Subject } from 'rxjs';
import type { HeldBack, Phase, Requested } from '../protocol/cache-event.ts';
import type { Held } from '../protocol/hold-reason.ts';

/**
 * A request, and word of it while it is held back: `HeldBack` with each reason, `Requested` when it is sent. `received`: the
 * objects of the list that are there already.
 */
export function tellHeld<T>(
  phase: Phase,
  request: (held: Held) => Observable<T>,
  received: number = 0,
): Observable<T | HeldBack | Requested> {
  return defer(() => {
    const told$ = new Subject<HeldBack | Requested>();
    let isHeld = false;
    const held: Held = (reason) => {
      if (reason !== undefined) told$.next({ type: 'HeldBack', phase, reason });
      else if (isHeld) told$.next({ type: 'Requested', phase, ...(received > 0 && { received }) });
      isHeld = reason !== undefined;
    };
    return merge(told$, defer(() => request(held)).pipe(finalize(() => told$.complete())));
  });
}
