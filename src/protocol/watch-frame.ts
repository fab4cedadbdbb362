import type { KubeError } from './errors/kube-error.ts';
import type { Status } from './errors/status.ts';

/** One frame of a watch. */
export type WatchFrame<T> =
  /** The server accepted the request: its headers are in. Always first, always once. */
  | { readonly type: 'OPEN' }
  /** A change of an object that has a name. `resourceVersion` is absent where the server sent none. */
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T; readonly resourceVersion?: string }
  /** `initialEventsEnd`: this bookmark is the marker after the state of a streaming list. */
  | { readonly type: 'BOOKMARK'; readonly resourceVersion?: string; readonly initialEventsEnd: boolean }
  /** In place of a change of an object that no cache can hold, because it has no key. `error` is Malformed. */
  | { readonly type: 'REFUSED'; readonly error: KubeError; readonly resourceVersion?: string }
  /** The stream has failed. Only its end follows. */
  | { readonly type: 'ERROR'; readonly status: Status };
