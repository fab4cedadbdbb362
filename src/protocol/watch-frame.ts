import type { Status } from './status.ts';

/** What a watch says, frame by frame. */
export type WatchFrame<T> =
  /** The server accepted the request: its headers are in. Always first, always once. */
  | { readonly type: 'OPEN' }
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T; readonly resourceVersion: string }
  /** `initialEventsEnd`: this bookmark is the marker after the state of a streaming list. */
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string; readonly initialEventsEnd: boolean }
  /** The stream has failed; nothing but its end follows. */
  | { readonly type: 'ERROR'; readonly status: Status };
