import type { CacheEvent, Phase } from '../protocol/cache-event.ts';
import { isExpired, isResourceVersionTooLarge, type KubeError, type KubeErrorReason } from '../protocol/kube-error.ts';
import { compareResourceVersions } from '../protocol/resource-version.ts';

/**
 * What the next session of a reflector does. The reducers below are the whole of its memory.
 *
 * - `list`: fetch the whole state first. `stream` tries a streaming list, `pages` a paged one, `whole` one unpaged
 *   request (a continue token expired before the last page). `notOlderThan` is the version that was seen already;
 *   without it the list is a consistent read.
 * - `watch`: resume at a version. `quiet` counts the watches in a row that ended without a word, `strikes` the failures
 *   in a row that a list may heal.
 */
export type Cursor =
  | { readonly next: 'list'; readonly how: 'stream' | 'pages' | 'whole'; readonly notOlderThan?: string }
  | { readonly next: 'watch'; readonly resourceVersion: string; readonly quiet: number; readonly strikes: number };

/** Where a reflector starts: it holds nothing. */
export const firstList: Cursor = { next: 'list', how: 'stream' };

/** So many quiet watches in a row make the version doubtful: a watch from a version of the future is silent, not refused. */
export const quietWatchesInDoubt = 2;

/** So many failures in a row that lie in the data, not in the connection, and the state is listed anew. */
export const strikesBeforeRelist = 3;

/** Failures that say nothing about the request itself: it is repeated as it was. */
const transient: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  'TooManyRequests',
  'ServiceUnavailable',
  'Unauthorized',
  'Credentials',
  'ConnectionRefused',
  'ConnectTimeout',
  'Network',
]);

/** On a watch these too are no reason to list: the version is good, the permission, the resource or the stream is not. */
const transientOnWatch: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  ...transient,
  'Forbidden',
  'NotFound',
  'MethodNotAllowed',
  'ServerTimeout',
  'Timeout',
  'Idle',
  'ShortWatch',
  'StreamCut',
]);

/** Answers of a server that cannot read a request: bad, a URL that is too long, invalid, headers that are too large. */
const unreadable: ReadonlySet<number> = new Set([400, 414, 422, 431]);

/** The cursor after an event. A version never goes back but by a list. */
export function cursorAfterEvent<T>(cursor: Cursor, event: CacheEvent<T>): Cursor {
  switch (event.type) {
    case 'Replaced':
      return { next: 'watch', resourceVersion: event.resourceVersion, quiet: 0, strikes: 0 };
    case 'Added':
    case 'Updated':
    case 'Deleted':
    case 'Bookmark': {
      const older =
        cursor.next === 'watch' && (compareResourceVersions(event.resourceVersion, cursor.resourceVersion) ?? 1) <= 0;
      const resourceVersion = older ? cursor.resourceVersion : event.resourceVersion;
      return { next: 'watch', resourceVersion, quiet: 0, strikes: 0 };
    }
    case 'Sync':
    case 'Progress':
    case 'Interrupted':
    case 'Refused':
      return cursor;
  }
}

/** The cursor after a watch that the server ended; `heard` where it had said anything. */
export function cursorAfterEnd(cursor: Cursor, heard: boolean): Cursor {
  return cursor.next === 'watch' && !heard ? { ...cursor, quiet: cursor.quiet + 1 } : cursor;
}

/**
 * The cursor after a failure, and whether its session may follow at once. At once is only what cannot repeat itself: a
 * version given up, pages given up for one whole list, a streaming list that is forbidden where a list may be allowed.
 */
export function cursorAfterFailure(
  cursor: Cursor,
  error: KubeError,
  phase: Phase,
): { cursor: Cursor; atOnce: boolean } {
  // A server that has less than was asked for has lost what was seen, or breaks the protocol: only its own word for the
  // most recent state leads out of either.
  const behind = isResourceVersionTooLarge(error) || error.reason === 'Stale';
  const gone = isExpired(error) || behind;
  if (cursor.next === 'list') {
    if (gone && cursor.notOlderThan !== undefined) return { cursor: { next: 'list', how: cursor.how }, atOnce: true };
    // A continue token outlived its version. The pages that came are dropped; so many requests may fail again, one cannot.
    if (isExpired(error) && phase === 'listing' && cursor.how !== 'whole')
      return { cursor: { next: 'list', how: 'whole' }, atOnce: true };
    // A consistent read is never older than what was seen, so pages need no version.
    if (error.reason === 'TooLarge') return { cursor: { next: 'list', how: 'pages' }, atOnce: false };
    // A server that came in the place of another may not read its versions.
    const { notOlderThan, ...anew } = cursor;
    if (notOlderThan !== undefined && unreadable.has(error.code ?? 0)) return { cursor: anew, atOnce: false };
    const streamFailed = cursor.how === 'stream' && phase === 'streaming';
    // What breaks a stream on its way may break it every time.
    const isCut = streamFailed && error.reason === 'Network';
    if (transient.has(error.reason) && !isCut) return { cursor, atOnce: false };
    const how = streamFailed ? 'pages' : 'stream';
    return { cursor: { ...cursor, how }, atOnce: streamFailed && error.reason === 'Forbidden' };
  }
  // An object that the server cannot read was deleted: this error stands for its DELETED frame, whose version it does not
  // tell, so only the most recent state is sure to be without it. Source: apiserver, storage/etcd3/watcher.go.
  if (behind || error.reason === 'StorageReadError') return { cursor: firstList, atOnce: false };
  const relist: Cursor = { next: 'list', how: 'stream', notOlderThan: cursor.resourceVersion };
  if (isExpired(error)) return { cursor: relist, atOnce: false };
  if (error.reason === 'Idle') return { cursor: cursorAfterEnd(cursor, false), atOnce: false };
  if (transientOnWatch.has(error.reason)) return { cursor, atOnce: false };
  const strikes = cursor.strikes + 1;
  return { cursor: strikes < strikesBeforeRelist ? { ...cursor, strikes } : relist, atOnce: false };
}
