import type { Observable } from 'rxjs';
import type { Awaitable } from './awaitable.ts';
import type { Held } from './hold-reason.ts';
import type { ListPage } from './list-page.ts';
import type { ListOptions, WatchOptions } from './list-watch-options.ts';
import type { Selects } from './selectors/selection-of.ts';
import type { WatchFrame } from './watch-frame.ts';

/** Called while a page comes in, with the number of its items so far where that is known. */
export type Alive = (received?: number) => void;

/**
 * The port through which a reflector sees a server. Both methods return cold Observables: subscribing sends one request,
 * unsubscribing aborts it and leaves no socket or timer.
 */
export interface ListerWatcher<T> {
  /** The resource in words, for errors and status: `v1/pods in default`. */
  readonly resource: string;
  /**
   * What the requests are sent to, such as `https://10.0.0.1:6443`. The reflectors of a process that ask the same host wait
   * together: while it does not answer they ask one by one, and all go on when one is answered. Without a host each reflector
   * asks by itself.
   */
  readonly host?: string | undefined;
  /** True where objects come as `PartialObjectMetadata`, without spec, status and data. Default false. */
  readonly metadataOnly?: boolean | undefined;
  /**
   * Emits when what is due later shall be asked for now, as when a user says so. A reflector listens only while it waits.
   */
  readonly nudged$?: Observable<unknown> | undefined;
  /**
   * Whether an object is among those that are listed and watched, by its selectors; `undefined` where the server alone can tell.
   * By it own writes are shown or left out before the watch brings them. Without it nobody can tell.
   */
  readonly selects?: Selects | undefined;
  /**
   * One request, one page, then completion. Errors with a `KubeError`. A ListerWatcher may call `alive` with each part of the
   * page, and the number of its items so far. A page may then take any time; otherwise it has `listDeadline` in all. What
   * `alive` throws ends the request. With `held` it may hold the request back for any time, and says so.
   */
  list(options: ListOptions, alive?: Alive, held?: Held): Observable<ListPage<T>>;
  /**
   * One request. `OPEN` first, then frames; completes when the server ends it, errors with a `KubeError` when it breaks. With
   * `held` it may hold the request back for any time, or give back what is open, and says so. Completion follows the latter.
   */
  watch(options: WatchOptions, held?: Held): Observable<WatchFrame<T>>;
}

/** A {@link ListerWatcher} whose list can be awaited too, as all of this library can. A reflector does not need that. */
export interface AwaitableListerWatcher<T> extends ListerWatcher<T> {
  list(options: ListOptions, alive?: Alive, held?: Held): Awaitable<ListPage<T>>;
}
