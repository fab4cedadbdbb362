import type { Observable } from 'rxjs';
import type { ListerWatcher, ListOptions, ListPage, WatchFrame, WatchOptions } from 'kuberx';

/** What is done to the requests of a {@link ListerWatcher}. */
export interface Passage<T> {
  readonly list?: (page$: Observable<ListPage<T>>, options: ListOptions) => Observable<ListPage<T>>;
  readonly watch?: (frame$: Observable<WatchFrame<T>>, options: WatchOptions) => Observable<WatchFrame<T>>;
}

/** A ListerWatcher whose answers go through something on their way. */
export function through<T>(listerWatcher: ListerWatcher<T>, { list, watch }: Passage<T>): ListerWatcher<T> {
  return {
    resource: listerWatcher.resource,
    list(options: ListOptions): Observable<ListPage<T>> {
      const page$ = listerWatcher.list(options);
      return list?.(page$, options) ?? page$;
    },
    watch(options: WatchOptions): Observable<WatchFrame<T>> {
      const frame$ = listerWatcher.watch(options);
      return watch?.(frame$, options) ?? frame$;
    },
  } satisfies ListerWatcher<T>;
}
