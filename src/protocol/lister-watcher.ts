import type { Observable } from 'rxjs';
import type { Awaitable } from './awaitable.ts';
import type { ListPage } from './list-page.ts';
import type { ListOptions, WatchOptions } from './list-watch-options.ts';
import type { WatchFrame } from './watch-frame.ts';

/** Hears that a page is on its way, and how many of its items have come where that is known. */
export type Alive = (received?: number) => void;

/**
 * The port through which a reflector sees a server. Both methods return cold Observables: subscribing sends one request,
 * unsubscribing aborts it and leaves no socket or timer.
 */
export interface ListerWatcher<T> {
  /** The resource in words, for errors and status: `v1/pods in default`. */
  readonly resource: string;
  /**
   * What the requests are sent to, such as `https://10.0.0.1:6443`. The reflectors of a process that ask one host share what
   * they learn of it: while it does not answer, they ask one by one, and all go on when one is answered. Unset: not known, so
   * each reflector finds out for itself.
   */
  readonly host?: string | undefined;
  /**
   * One request, one page, then completion. Errors with a `KubeError`. A ListerWatcher that calls `alive` with each part of
   * the page that comes, and the number of its items so far, may take any time for it; of one that does not, a page has
   * `listDeadline` in all. What `alive` throws ends the request.
   */
  list(options: ListOptions, alive?: Alive): Observable<ListPage<T>>;
  /** One request. `OPEN` first, then frames; completes when the server ends it, errors with a `KubeError` when it breaks. */
  watch(options: WatchOptions): Observable<WatchFrame<T>>;
}

/** A {@link ListerWatcher} whose list can be awaited too. What this library makes is one; a reflector does not need it. */
export interface AwaitableListerWatcher<T> extends ListerWatcher<T> {
  list(options: ListOptions, alive?: Alive): Awaitable<ListPage<T>>;
}
