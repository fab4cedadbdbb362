import type { CacheEvent, Phase } from '../protocol/cache-event.ts';
import {
  isExpired,
  isResourceVersionTooLarge,
  type KubeError,
  type KubeErrorReason,
} from '../protocol/errors/kube-error.ts';
import { compareResourceVersions } from '../protocol/objects/resource-version.ts';

/** Fetch the whole state first. */
export interface ListCursor {
  readonly next: 'list';
  /**
   * `stream` tries a streaming list, `pages` a paged one, `whole` one unpaged request (a continue token expired before the
   * last page).
   */
  readonly how: 'stream' | 'pages' | 'whole';
  /** The version that was seen already. Without it the list is a consistent read. */
  readonly notOlderThan?: string;
  /** The network cut the last streaming list: another cut, and pages are asked for. */
  readonly cut?: true;
  /** This number of streaming lists in a row outlasted the time that they asked for: the next asks for more. */
  readonly outlasted?: number;
  /** The server lags behind what was seen: a version from elsewhere is verified before it is watched. */
  readonly lagging?: true;
}

/** Watch from a version on. */
export interface WatchCursor {
  readonly next: 'watch';
  readonly resourceVersion: string;
  /** Nothing but the list has come of this version: the server that gave it has not been heard of since. */
  readonly fresh: boolean;
  /**
   * The version may be one of the future for the server that is asked next: a connection broke, or a watch ended without a
   * word. A watch from there would be silent, so a list of one object verifies the version first.
   */
  readonly doubted: boolean;
  /** The failures in a row that a list may heal. */
  readonly strikes: number;
}

/** What the next session of a reflector does. The reducers below are the whole of its memory. */
export type Cursor = ListCursor | WatchCursor;

/** Where a reflector starts: it holds nothing. */
export const firstList: ListCursor = { next: 'list', how: 'stream' };

/** Where a reflector goes on that kept the state of a version; `doubted` where the server may have gone back meanwhile. */
export function resumeFrom(resourceVersion: string, doubted: boolean): WatchCursor {
  return { next: 'watch', resourceVersion, fresh: false, doubted, strikes: 0 };
}

/** 3 failures in a row that lie in the data, not in the connection, and the state is listed anew. */
export const strikesBeforeRelist = 3;

/** Failures of the connection: no answer came, or it broke off. */
const ofNetwork: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  'ConnectionRefused',
  'ConnectTimeout',
  'Network',
  'Idle',
]);

/** True for a failure of the connection, whatever was on it. */
export function isOfNetwork({ reason }: KubeError): boolean {
  return ofNetwork.has(reason);
}

/**
 * Neither the server's word nor one that this library knows, such as what a ListerWatcher of somebody else threw: it says
 * nothing of the data.
 */
function isUntold({ reason, code, status }: KubeError): boolean {
  return reason === 'Unknown' && code === undefined && status === undefined;
}

/** True where the server has answered, whatever it said: not for a failure of the connection, nor for one of this side. */
export function isAnswer(error: KubeError): boolean {
  return !isOfNetwork(error) && error.reason !== 'Credentials' && !isUntold(error);
}

/** Failures that say nothing about the request itself: it is repeated as it was. */
const transient: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  ...ofNetwork,
  'TooManyRequests',
  'ServiceUnavailable',
  'Unauthorized',
  'Credentials',
]);

/** On a watch these too are no reason to list: the version is good, the permission, the resource or the stream is not. */
const transientOnWatch: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  ...transient,
  'Forbidden',
  'NotFound',
  'MethodNotAllowed',
  'ServerTimeout',
  'Timeout',
  'StreamCut',
]);

/** On a page of a list these too: the server could not do it in time, or failed. */
const transientOnPage: ReadonlySet<KubeErrorReason> = new Set<KubeErrorReason>([
  ...transient,
  'InternalError',
  'ServerTimeout',
  'Timeout',
]);

/** Answers of a server that cannot read a request: bad, a URL that is too long, invalid, headers that are too large. */
const unreadable: ReadonlySet<number> = new Set([400, 414, 422, 431]);

/** True where a page of a list may be asked for again by its token: the server still has the list. */
export function isRepeatablePage(error: KubeError): boolean {
  return transientOnPage.has(error.reason) && !isResourceVersionTooLarge(error);
}

/** The cursor after an event. A version never goes back but by a list. */
export function cursorAfterEvent<T>(cursor: Cursor, event: CacheEvent<T>): Cursor {
  switch (event.type) {
    case 'Replaced':
      return { next: 'watch', resourceVersion: event.resourceVersion, fresh: true, doubted: false, strikes: 0 };
    case 'Added':
    case 'Updated':
    case 'Deleted':
    case 'Bookmark': {
      const older =
        cursor.next === 'watch' && (compareResourceVersions(event.resourceVersion, cursor.resourceVersion) ?? 1) <= 0;
      return resumeFrom(older ? cursor.resourceVersion : event.resourceVersion, false);
    }
    case 'Sync':
    case 'Requested':
    case 'Opened':
    case 'Received':
    case 'Settled':
    case 'Interrupted':
    case 'Refused':
      return cursor;
  }
}

/**
 * The cursor after a watch that the server ended; `heard` where it had said anything. A version that was just listed is not
 * doubted for one watch without a word.
 */
export function cursorAfterEnd(cursor: Cursor, heard: boolean): Cursor {
  return cursor.next === 'watch' && !heard ? { ...cursor, fresh: false, doubted: !cursor.fresh } : cursor;
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
   * The session may follow at once, because this cannot repeat itself: a version given up, pages given up for one whole
   * list, a streaming list that is forbidden where a list may be allowed, a streaming list that the network cut once.
   */
  readonly atOnce: boolean;
}

/** The cursor after a failure, and whether its session may follow at once. */
export function cursorAfterFailure(cursor: Cursor, error: KubeError, at: FailedAt): AfterFailure {
  return cursor.next === 'list' ? afterFailedList(cursor, error, at) : afterFailedWatch(cursor, error);
}

/**
 * A server that has less than was asked for has lost what was seen, or breaks the protocol: only its own word for the most
 * recent state leads out of either.
 */
function isBehind(error: KubeError): boolean {
  return isResourceVersionTooLarge(error) || error.reason === 'Stale';
}

function afterFailedList(cursor: ListCursor, error: KubeError, { phase, opened }: FailedAt): AfterFailure {
  const { notOlderThan, ...anew } = cursor;
  if ((isExpired(error) || isBehind(error)) && notOlderThan !== undefined) {
    return { cursor: isBehind(error) ? { ...anew, lagging: true } : anew, atOnce: true };
  }
  // A continue token outlived its version. The pages that came are dropped; as many requests may fail again, one cannot.
  if (isExpired(error) && phase === 'listing' && cursor.how !== 'whole')
    return { cursor: { ...anew, how: 'whole' }, atOnce: true };
  // A consistent read is never older than what was seen, so pages need no version.
  if (error.reason === 'TooLarge') return { cursor: { ...anew, how: 'pages' }, atOnce: false };
  // A server that came in the place of another may not read its versions.
  if (notOlderThan !== undefined && unreadable.has(error.code ?? 0)) return { cursor: anew, atOnce: false };
  const streamFailed = cursor.how === 'stream' && phase === 'streaming';
  if (streamFailed) return afterFailedStream(cursor, error, opened);
  // A server that gives a request a minute cuts each whole list that takes longer.
  const isCutWhole = cursor.how === 'whole' && isOfNetwork(error);
  if (transient.has(error.reason) && !isCutWhole) return { cursor, atOnce: false };
  return { cursor: { ...cursor, how: 'stream' }, atOnce: false };
}

function afterFailedStream(cursor: ListCursor, error: KubeError, opened: boolean): AfterFailure {
  const { cut, ...uncut } = cursor;
  const pages: Cursor = { ...uncut, how: 'pages' };
  if (isOutlasted(error)) return { cursor: { ...uncut, outlasted: (cursor.outlasted ?? 0) + 1 }, atOnce: false };
  // The network may cut every stream, and pages get through one by one. So they take turns.
  if (isOfNetwork(error) && opened)
    return cut ? { cursor: pages, atOnce: false } : { cursor: { ...cursor, cut: true }, atOnce: true };
  if (transient.has(error.reason)) return { cursor, atOnce: false };
  return { cursor: pages, atOnce: error.reason === 'Forbidden' };
}

/** A streaming list that ended by the time that it asked for itself. A server's own Timeout has a code. */
function isOutlasted({ reason, code }: KubeError): boolean {
  return reason === 'Timeout' && code === undefined;
}

function afterFailedWatch(cursor: WatchCursor, error: KubeError): AfterFailure {
  const relist: Cursor = { next: 'list', how: 'stream', notOlderThan: cursor.resourceVersion };
  // List, 410, list, 410 would go round without a pause: at once only where something else has come since the list.
  const atOnce = !cursor.fresh;
  if (isBehind(error)) return { cursor: { ...firstList, lagging: true }, atOnce };
  // An object that the server cannot read was deleted: this error stands for its DELETED frame, whose version it does not
  // tell, so only the most recent state is sure to be without it. Source: apiserver, storage/etcd3/watcher.go.
  if (error.reason === 'StorageReadError') return { cursor: firstList, atOnce: false };
  if (isExpired(error)) return { cursor: relist, atOnce };
  // The version was verified before the watch was asked for, where it was doubted.
  const heard = { ...cursor, fresh: false, doubted: false };
  // Servers and proxies of old answer so for a version that is gone; a version that was just listed cannot be.
  if (error.reason === 'ShortWatch') return { cursor: cursor.fresh ? heard : relist, atOnce: false };
  if (isOfNetwork(error)) return { cursor: { ...heard, doubted: true }, atOnce: false };
  if (transientOnWatch.has(error.reason) || isUntold(error)) return { cursor: heard, atOnce: false };
  const strikes = cursor.strikes + 1;
  return { cursor: strikes < strikesBeforeRelist ? { ...heard, strikes } : relist, atOnce: false };
}
