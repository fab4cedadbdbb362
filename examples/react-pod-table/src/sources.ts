import { useEffect, useState, useSyncExternalStore } from 'react';
import { interval } from 'rxjs';
import { published, type Rows, type Source, type View } from 'kuberx';
import { serverTime } from './server-time.ts';

/** The value of a source, published once a frame at most, with all others of the page. */
export function useSource<T>(source: Source<T>): T {
  const shown$ = published(source);
  return useSyncExternalStore(shown$.onChange, () => shown$.value);
}

/** The rows of a view; of one that is not there yet, those of the view before. */
export function useRows<T>(view: View<T>): Rows<T> {
  const [shown, setShown] = useState(view);
  const before = useSource(shown.rows$);
  const rows = useSource(view.rows$);
  if (!rows.synced || view === shown) return before;
  setShown(view);
  return rows;
}

/** The time of the server, each second. */
export function useNow(): number {
  const [now, setNow] = useState(serverTime);
  useEffect(() => {
    const subscription = interval(1000).subscribe(() => setNow(serverTime()));
    return () => subscription.unsubscribe();
  }, []);
  return now;
}
