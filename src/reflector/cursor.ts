import type { CacheEvent, Phase } from '../protocol/cache-event.ts';
import {
  isExpired,
  isResourceVersionTooLarge,
  type KubeError,
  type KubeErrorReason,
} from '../protocol/errors/kube-error.ts';
import { compareResourceVersions } from '../protocol/objects/resource-version.ts';
import { minutes } from '../streams/time/duration.ts';

/** Lists the whole state, then watches. */
export interface ListCursor {
  readonly next: 'list';
  /** `stream` asks for a streaming list, `pages` for pages, `whole` for one page of everything: a continue token has expired. */
  readonly how: 'stream' | 'pages' | 'whole';
  /** The version that was seen already; the list must not be older. Without it the list is a consistent read. */
  readonly notOlderThan?: string;
  /** The network cut the last streaming list. If it cuts this one too, the next list is paged. */
  readonly wasCut?: true;
  /** How many streaming lists in a row took longer than they had asked for. The next one asks for more time. */
  readonly timeouts?: number;
  /** The server was behind what was seen. So the version of a paged list is verified before it is watched. */
  readonly wasBehind?: true;
}

/** Watches the changes after a version. */
export interface WatchCursor {
  readonly next: 'watch';
  /**
   * Empty where the list had none. The watch is then one without a version, and whatever ends it, a list follows: nothing else
   * tells what was missed.
   */
  readonly resourceVersion: string;
  /** The version is that of a list, and no watch from it has told anything or failed yet. */
  readonly justListed: boolean;
  /**
   * The server that is asked next may not have reached this version: a connection broke, or a watch ended without an event.
   * A watch from a version of the future is silent. So a list of one object verifies the version before the watch.
   */
  readonly unverified: boolean;
  /** How many times in a row a watch from here failed for its data. A list may get past that. */
  readonly dataFailures: number;
}

/** What the next session of a reflector does. The functions below are all the rules that lead from one to the next. */
export type Cursor = ListCursor | WatchCursor;

/** Where a reflector starts that holds nothing. */
export const firstList: ListCursor = { next: 'list', how: 'stream' };

/** What the next session does first, as events tell it. */
export function phaseOf({ next }: Cursor): Phase {
  return next === 'watch' ? 'watching' : 'listing';
}

/** True where the next request is a watch; a streaming list is one. */
export function isWatchRequest(cursor: Cursor): boolean {
  return cursor.next === 'watch' || cursor.how === 'stream';
}

/** The state that a consumer kept while its reflector was stopped. */
export interface KeptState {
  readonly resourceVersion: string;
  /** Milliseconds since the state was last known to be up to date. */
  readonly staleFor: number;
}

/** A version that was up to date less than a minute ago is watched without being verified first. */
const trustedFor = minutes(1);

/**
 * Where a stopped reflector goes on; `last` is what it would have done next. It watches from the version of the kept state,
 * unless it would have listed next, because the server no longer has that version. Where nothing was kept it lists.
 */
export function resumeFrom(kept: KeptState | undefined, last: Cursor | undefined): Cursor {
  if (kept === undefined) return firstList;
  if (last?.next === 'list') return last;
  const { resourceVersion, staleFor } = kept;
  // The server may have been restored from a backup meanwhile.
  const unverified = staleFor >= trustedFor;
  if (last?.resourceVersion === resourceVersion) return { ...last, unverified: last.unverified || unverified };
  return { next: 'watch', resourceVersion, justListed: false, unverified, dataFailures: 0 };
}

/** A state is listed anew after 3 failures in a row that lie in the data and not in the connection. */
export const dataFailuresBeforeRelist = 3;

/** Failures of the connection: no answer came, or it ended early. */
const ofNetwork: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  'ConnectionRefused',
  'ConnectTimeout',
  'Network',
  'Idle',
]);

/** True for a failure of the connection. */
export function isOfNetwork({ reason }: KubeError): boolean {
  return ofNetwork.has(reason);
}

/** True for an error that neither the server nor this library made, as one that a user's ListerWatcher throws: it says nothing of the data. */
function isForeign({ reason, code, status }: KubeError): boolean {
  return reason === 'Unknown' && code === undefined && status === undefined;
}

/** True where the server has answered. False for a failure of the connection, of credentials, and of a user's ListerWatcher. */
export function isAnswer(error: KubeError): boolean {
  return !isOfNetwork(error) && error.reason !== 'Credentials' && !isForeign(error);
}

/** True where the server has no watch for the resource. */
export function isWithoutWatch({ reason }: KubeError): boolean {
  return reason === 'MethodNotAllowed';
}

/** Failures that have nothing to do with the request itself: it is repeated as it was. */
const transient: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  ...ofNetwork,
  'TooManyRequests',
  'ServiceUnavailable',
  'Unauthorized',
  'Credentials',
]);

/** After these failures of a watch there is no list either: the version is good; the permission, the resource or the stream is not. */
const transientOnWatch: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  ...transient,
  'Forbidden',
  'NotFound',
  'ServerTimeout',
  'Timeout',
  'StreamCut',
]);

/** On a page of a list these as well: the server failed, or took too long. */
const transientOnPage: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  ...transient,
  'InternalError',
  'ServerTimeout',
  'Timeout',
]);

/** Answers of a server that cannot read a request: bad request, URL too long, invalid, headers too large. */
const unreadable: ReadonlySet<number> = new Set([400, 414, 422, 431]);

/** True where a page of a list may be asked for again by its token: the server still has the list. */
export function isRepeatablePage(error: KubeError): boolean {
  return transientOnPage.has(error.reason) && !isResourceVersionTooLarge(error);
}

/** The cursor after an event. Only a list can take the version back. */
export function cursorAfterEvent<T>(cursor: Cursor, event: CacheEvent<T>): Cursor {
  switch (event.type) {
    case 'Replaced':
      return {
        next: 'watch',
        resourceVersion: event.resourceVersion,
        justListed: true,
        unverified: false,
        dataFailures: 0,
      };
    case 'Added':
    case 'Updated':
    case 'Deleted':
    case 'Bookmark': {
      const isOlder = (last: string): boolean =>
        event.resourceVersion === '' || (compareResourceVersions(event.resourceVersion, last) ?? 1) <= 0;
      const keeps = cursor.next === 'watch' && isOlder(cursor.resourceVersion);
      const resourceVersion = keeps ? cursor.resourceVersion : event.resourceVersion;
      return { next: 'watch', resourceVersion, justListed: false, unverified: false, dataFailures: 0 };
    }
    case 'Unwatched':
      return cursor.next === 'watch' ? listAfter(cursor) : cursor;
    case 'Sync':
    case 'Requested':
    case 'Opened':
    case 'Received':
    case 'Settled':
    case 'HeldBack':
    case 'Interrupted':
    case 'Refused':
      return cursor;
  }
}

/** The list that follows a watch: not older than its version, where it has one. */
function listAfter({ resourceVersion }: WatchCursor): ListCursor {
  return resourceVersion === '' ? firstList : { next: 'list', how: 'stream', notOlderThan: resourceVersion };
}

/**
 * The cursor after a watch that the server ended; `heard`: the watch had told anything. If it had not, its version is verified
 * before the next watch, unless that version was just listed and this was the first watch from it. A list follows a watch
 * without a version.
 */
export function cursorAfterEnd(cursor: Cursor, heard: boolean): Cursor {
  if (cursor.next === 'watch' && cursor.resourceVersion === '') return listAfter(cursor);
  return cursor.next === 'watch' && !heard ? { ...cursor, justListed: false, unverified: !cursor.justListed } : cursor;
}

/**
 * The cursor after a stream that this side gave back: the same request, because neither the server nor the connection is at
 * fault. A list follows a watch without a version, as the change that was missed has no other way in.
 */
export function cursorAfterHold(cursor: Cursor): Cursor {
  return cursor.next === 'watch' && cursor.resourceVersion === '' ? listAfter(cursor) : cursor;
}

/** What a session was doing when it failed. */
export interface FailedAt {
  readonly phase: Phase;
  /** The server had accepted the stream. */
  readonly opened: boolean;
}

/** What follows a failure. */
export interface AfterFailure {
  readonly cursor: Cursor;
  /**
   * The next session may follow at once, because the same failure cannot come again: it asks for no version, or for one
   * whole list in place of pages, or for pages in place of a streaming list that was forbidden; or this was the first
   * streaming list that the network cut.
   */
  readonly atOnce: boolean;
}

/** The cursor after a failure, and whether its session may follow at once. */
export function cursorAfterFailure(cursor: Cursor, error: KubeError, at: FailedAt): AfterFailure {
  return cursor.next === 'list' ? afterFailedList(cursor, error, at) : afterFailedWatch(cursor, error);
}

/**
 * True where the server has not reached the version that was asked for. It has lost what was seen, or breaks the protocol.
 * In both cases the next list asks for the most recent state, whatever its version.
 */
function isBehind(error: KubeError): boolean {
  return isResourceVersionTooLarge(error) || error.reason === 'Stale';
}

function afterFailedList(cursor: ListCursor, error: KubeError, { phase, opened }: FailedAt): AfterFailure {
  const { notOlderThan, ...anew } = cursor;
  if ((isExpired(error) || isBehind(error)) && notOlderThan !== undefined) {
    return { cursor: isBehind(error) ? { ...anew, wasBehind: true } : anew, atOnce: true };
  }
  // A continue token has expired, and the pages that came are dropped. Pages may take too long again, one request cannot.
  if (isExpired(error) && phase === 'listing' && cursor.how !== 'whole')
    return { cursor: { ...anew, how: 'whole' }, atOnce: true };
  // Pages come without a version: they are a consistent read, which is never older than what was seen.
  if (error.reason === 'TooLarge') return { cursor: { ...anew, how: 'pages' }, atOnce: false };
  // Another server may have taken the place of the one whose version this is, and cannot read it.
  if (notOlderThan !== undefined && unreadable.has(error.code ?? 0)) return { cursor: anew, atOnce: false };
  const isStream = cursor.how === 'stream' && phase === 'streaming';
  if (isStream) return afterFailedStream(cursor, error, opened);
  // A server that cuts each request after a minute would cut the next whole list too.
  const isCutWhole = cursor.how === 'whole' && isOfNetwork(error);
  if (transient.has(error.reason) && !isCutWhole) return { cursor, atOnce: false };
  return { cursor: { ...cursor, how: 'stream' }, atOnce: false };
}

function afterFailedStream(cursor: ListCursor, error: KubeError, opened: boolean): AfterFailure {
  const { wasCut, ...uncut } = cursor;
  const pages: Cursor = { ...uncut, how: 'pages' };
  if (isOutOfTime(error)) return { cursor: { ...uncut, timeouts: (cursor.timeouts ?? 0) + 1 }, atOnce: false };
  // Where the network cuts every stream, pages may get through one by one. So the two take turns.
  if (isOfNetwork(error) && opened)
    return wasCut ? { cursor: pages, atOnce: false } : { cursor: { ...cursor, wasCut: true }, atOnce: true };
  if (transient.has(error.reason)) return { cursor, atOnce: false };
  return { cursor: pages, atOnce: error.reason === 'Forbidden' };
}

/** True where a streaming list had not ended after the time that it had asked for. A server's own Timeout has a code. */
function isOutOfTime({ reason, code }: KubeError): boolean {
  return reason === 'Timeout' && code === undefined;
}

function afterFailedWatch(cursor: WatchCursor, error: KubeError): AfterFailure {
  const relist = listAfter(cursor);
  if (cursor.resourceVersion === '') return { cursor: relist, atOnce: false };
  // Not after a list from which nothing has come but this, or lists and 410s would follow each other without a pause.
  const atOnce = !cursor.justListed;
  if (isBehind(error)) return { cursor: { ...firstList, wasBehind: true }, atOnce };
  // The server could not read an object that was deleted. The error comes in place of the DELETED frame and has no version,
  // so only the most recent state is sure to lack the object. Source: apiserver, storage/etcd3/watcher.go.
  if (error.reason === 'StorageReadError') return { cursor: firstList, atOnce: false };
  // Without a watch, lists are all there is. The session that lists then polls.
  if (isExpired(error) || isWithoutWatch(error)) return { cursor: relist, atOnce };
  // A version that was unverified has been verified before this watch.
  const tried = { ...cursor, justListed: false, unverified: false };
  // Old servers and proxies end a watch so when its version is gone. That of a list from just now cannot be gone.
  if (error.reason === 'ShortWatch') return { cursor: cursor.justListed ? tried : relist, atOnce: false };
  if (isOfNetwork(error)) return { cursor: { ...tried, unverified: true }, atOnce: false };
  if (transientOnWatch.has(error.reason) || isForeign(error)) return { cursor: tried, atOnce: false };
  const dataFailures = cursor.dataFailures + 1;
  return { cursor: dataFailures < dataFailuresBeforeRelist ? { ...tried, dataFailures } : relist, atOnce: false };
}
