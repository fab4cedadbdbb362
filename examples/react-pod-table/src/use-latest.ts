import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { animationFrameScheduler, auditTime, interval, type Observable } from 'rxjs';
import type { ReadonlyBehaviorSubject } from 'kuberx';

/** The result of `read`, read again after each emission: once a frame at most, and never in a hidden tab. */
export function useLatest<T>(changes$: Observable<unknown>, read: () => T): T {
  const subscribe = useCallback(
    (changed: () => void) => {
      const subscription = changes$.pipe(auditTime(0, animationFrameScheduler)).subscribe(changed);
      return () => subscription.unsubscribe();
    },
    [changes$],
  );
  return useSyncExternalStore(subscribe, read);
}

/** The value of `snapshot$`, which holds the informer meanwhile, of `status$`, which does not, or of another such stream. */
export function useValue<T>(values$: ReadonlyBehaviorSubject<T>): T {
  return useLatest(values$, () => values$.value);
}

/** The time, each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const subscription = interval(1000).subscribe(() => setNow(Date.now()));
    return () => subscription.unsubscribe();
  }, []);
  return now;
}
