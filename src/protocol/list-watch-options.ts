/** How a `resourceVersion` is meant, see the Kubernetes API concepts, "resource versions". */
export type ResourceVersionMatch = 'Exact' | 'NotOlderThan';

/** The parameters of one list request, which is one page. Selectors belong to the ListerWatcher. */
export interface ListOptions {
  /** Unset: the most recent state, a consistent read. */
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: ResourceVersionMatch;
  /** The size of a page. Unset: the whole collection. */
  readonly limit?: number;
  /** The token that the page before gave. It may not be given together with a version. */
  readonly continue?: string;
}

/** The parameters of one watch request. Selectors belong to the ListerWatcher. */
export interface WatchOptions {
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: ResourceVersionMatch;
  /** A streaming list: the state as ADDED frames, a BOOKMARK that marks its end, then changes. */
  readonly sendInitialEvents?: boolean;
  readonly allowWatchBookmarks?: boolean;
  /** After how many seconds the server ends the stream. */
  readonly timeoutSeconds?: number;
}
