import { catchError, defer, from, map, type Observable, type ObservableInput, throwError } from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import { KubeError } from '../protocol/errors/kube-error.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListOptions, WatchOptions } from '../protocol/list-watch-options.ts';
import type { Alive, AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { checkFrame, checkPage } from './check-answer.ts';
import { foreignError } from './request/foreign-error.ts';

/** The two functions of a {@link listWatchOf}. */
export interface ListWatchFunctions<T> {
  /** The resource in words, for errors and status. Default `objects`. */
  readonly resource?: string;
  /** The server of the requests, see `ListerWatcher.host`. Default: not known. */
  readonly host?: string;
  /** One request, one page: an Observable, a promise, or any other input of `from`. */
  readonly list: (options: ListOptions, alive: Alive) => ObservableInput<ListPage<T>>;
  /** One request: OPEN, then frames, then completion when the server ends it. */
  readonly watch: (options: WatchOptions) => ObservableInput<WatchFrame<T>>;
}

class ListWatch<T> implements AwaitableListerWatcher<T> {
  readonly resource: string;
  readonly #functions: ListWatchFunctions<T>;

  constructor(functions: ListWatchFunctions<T>) {
    this.resource = functions.resource ?? 'objects';
    this.#functions = functions;
  }

  /** The server of the requests, if the functions name it. */
  get host(): string | undefined {
    return this.#functions.host;
  }

  /** One page of the `list` function. */
  list(options: ListOptions, alive: Alive = () => undefined): Awaitable<ListPage<T>> {
    return awaitable(this.#call(() => this.#functions.list(options, alive), checkPage));
  }

  /** One watch of the `watch` function. */
  watch(options: WatchOptions): Observable<WatchFrame<T>> {
    return this.#call(() => this.#functions.watch(options), checkFrame);
  }

  #call<V>(request: () => ObservableInput<V>, check: (resource: string, value: V) => V): Observable<V> {
    return defer(() => from(request())).pipe(
      map((value) => check(this.resource, value)),
      catchError((error: unknown) =>
        throwError(() => (error instanceof KubeError ? error : foreignError(this.resource, error))),
      ),
    );
  }
}

/**
 * A ListerWatcher made of two functions, client-go's `ListWatch{ListFunc, WatchFunc}`. Each subscription calls one of
 * them. Their errors become `KubeError`s. An error with an HTTP status, such as client-node's ApiException or axios's,
 * keeps its Status; a failed connection of Node, `fetch`, undici or axios is recognised. An answer without a name or
 * version that a cache needs is the `KubeError` Malformed. A promise cannot be aborted: its late answer is dropped.
 *
 * ```ts
 * const empty = { items: [], resourceVersion: '1' };
 * const listerWatcher = listWatchOf<Raw<V1Pod>>({ list: () => Promise.resolve(empty), watch: () => NEVER });
 * sharedInformer(listerWatcher, { streaming: false });
 * ```
 */
export function listWatchOf<T>(functions: ListWatchFunctions<T>): AwaitableListerWatcher<T> {
  return new ListWatch(functions);
}
