import type { Observable } from 'rxjs';
import type { ListPage } from './list-page.ts';
import type { ListOptions, WatchOptions } from './list-watch-options.ts';
import type { WatchFrame } from './watch-frame.ts';

/**
 * The port through which a reflector sees a server. Both methods return cold Observables: subscribing sends one request,
 * unsubscribing aborts it and leaves no socket or timer.
 */
export interface ListerWatcher<T> {
  /** The resource in words, for errors and status: `v1/pods in default`. */
  readonly resource: string;
  /** One request, one page, then completion. Errors with a `KubeError`. */
  list(options: ListOptions): Observable<ListPage<T>>;
  /** One request. `OPEN` first, then frames; completes when the server ends it, errors with a `KubeError` when it breaks. */
  watch(options: WatchOptions): Observable<WatchFrame<T>>;
}
