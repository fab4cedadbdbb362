import {
  asyncScheduler,
  catchError,
  defer,
  filter,
  interval,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  type SchedulerLike,
  switchMap,
  takeUntil,
  timer,
} from 'rxjs';
import { KubeError } from '../protocol/errors/kube-error.ts';
import { longestTimer } from '../streams/time/period.ts';
import type { CacheChange } from './cache-change.ts';
import type { CollectionQuery } from './collection-query.ts';
import { failureStatus, refusal, watchExpired } from './failure-status.ts';
import { validateWatchOptions } from './list-options.ts';
import type { ObjectForm } from './list-text.ts';
import { namespaceRange } from './ordered-revisions.ts';
import type { Revision } from './revision.ts';
import type { ServedCache } from './served-cache.ts';
import { resourceWords } from './served-resource.ts';
import { versionFault } from './version-parameter.ts';
import { bookmarkLine, changeLine, errorLine, eventLine } from './watch-line.ts';

/** Milliseconds between bookmarks. Source: apiserver `storage/cacher/cacher.go`, defaultBookmarkFrequency. */
export const defaultBookmarkInterval = 60_000;

/** The shortest stream that a server chooses by itself, in seconds. Source: kube-apiserver `--min-request-timeout`. */
const minRequestTimeout = 1800;

/**
 * The time before the end of a watch at which a bookmark is sent, in milliseconds. Source: apiserver `storage/cacher`,
 * bookmark deadline.
 */
const bookmarkBeforeEnd = 2000;

/** The abilities of a server, and switches for its behaviour. */
export interface WatchOptions {
  readonly form: ObjectForm;
  /** Streaming lists. Off: `sendInitialEvents` is refused. Default: true. */
  readonly watchList?: boolean;
  /** The bookmark that ends the initial state. Off: it never comes, as with some aggregated servers. Default: true. */
  readonly marker?: boolean;
  /** Bookmarks other than the marker. Default: true. */
  readonly bookmarks?: boolean;
  /** Milliseconds. Default: {@link defaultBookmarkInterval}. */
  readonly bookmarkInterval?: number;
  /** Emits when a bookmark is due for all watches that asked for bookmarks, whether or not a version has passed. */
  readonly bookmarkNow$?: Observable<unknown>;
  readonly scheduler?: SchedulerLike;
  /** Chooses the length of a stream if the client names none. */
  readonly random: () => number;
}

interface Start {
  /** The first lines, drawn when there is room for them. */
  readonly lines: Iterable<string>;
  /** Later changes are newer than this version. */
  readonly version: bigint;
}

/**
 * Answers a watch with batches of lines, which are made when they are drawn. The first batch, which may be empty, comes
 * when the stream is open. Then comes one batch for each change that the selection sees, and bookmarks. Completes when
 * its time is over or the cache starts anew. A subscriber that draws slowly has to bound what it holds back.
 *
 * Errors with a KubeError before the first batch: 422, or 500 for an invalid version. A later failure, also a version
 * that is too old, is the last line.
 */
export function watch(cache: ServedCache, query: CollectionQuery, options: WatchOptions): Observable<Iterable<string>> {
  const { form, watchList = true, marker = true, bookmarks = true, scheduler = asyncScheduler } = options;
  const { bookmarkInterval = defaultBookmarkInterval, bookmarkNow$ = NEVER } = options;
  const { selection, resourceVersion, sendInitialEvents, allowWatchBookmarks, timeoutSeconds } = query;
  const { versions } = cache;

  function* stateLines(ordered: readonly Revision[], version: bigint): Iterable<string> {
    const { start, end } = namespaceRange(ordered, selection.namespace);
    for (let index = start; index < end; index++) {
      const revision = ordered[index];
      if (revision !== undefined && selection.matches(revision.object)) yield eventLine('ADDED', revision, form);
    }
    if (watchList && marker && allowWatchBookmarks) yield bookmarkLine(cache.resource, version, form, true);
  }

  function* changeLines(changes: readonly CacheChange[]): Iterable<string> {
    for (const change of changes) {
      const line = changeLine(change, selection, form);
      if (line !== undefined) yield line;
    }
  }

  function fromState(): Start {
    const version = versions.current;
    return { lines: stateLines(cache.ordered(), version), version };
  }

  function fromVersion(version: bigint): Start {
    const changes = cache.changesAfter(version);
    if (changes === undefined) {
      throw refusal(resourceWords(cache.resource), watchExpired(version, cache.oldestWatchable));
    }
    return { lines: changeLines(changes), version };
  }

  function stream({ lines, version }: Start, milliseconds: number): Observable<Iterable<string>> {
    const lines$ = cache.changes$.pipe(
      filter((change) => change.version > version),
      map((change) => changeLine(change, selection, form)),
      filter((line) => line !== undefined),
    );
    const due$ = merge(
      interval(bookmarkInterval, scheduler),
      milliseconds > bookmarkBeforeEnd ? timer(milliseconds - bookmarkBeforeEnd, scheduler) : NEVER,
    ).pipe(filter(() => versions.current > version));
    const bookmarks$ = merge(due$, bookmarkNow$).pipe(
      map(() => bookmarkLine(cache.resource, versions.current, form, false)),
    );
    const live$ = allowWatchBookmarks && bookmarks ? merge(lines$, bookmarks$) : lines$;
    // The first batch is emitted last. A change that is made while it is delivered then follows it and is not missed.
    return merge(live$.pipe(map((line) => [line])), of(lines));
  }

  return defer(() => {
    const resource = resourceWords(cache.resource);
    validateWatchOptions(resource, query, watchList);
    selection.checkFields(cache.resource);
    const fault = resourceVersion === '' ? undefined : versionFault(resourceVersion);
    if (fault !== undefined) throw refusal(resource, failureStatus(500, undefined, fault));
    const version = BigInt(resourceVersion);
    const seconds = timeoutSeconds ?? 0;
    // It ends before it has begun, as in a kube-apiserver.
    if (seconds < 0) return of([]);
    const milliseconds = Math.min(
      seconds > 0 ? seconds * 1000 : minRequestTimeout * (1 + options.random()) * 1000,
      longestTimer,
    );
    const start$ = defer(() => {
      if (sendInitialEvents === true) return versions.whenReached(version, resource, scheduler).pipe(map(fromState));
      if (version > 0n) return of(fromVersion(version));
      return of(sendInitialEvents === false ? fromVersion(versions.current) : fromState());
    });
    return start$.pipe(
      switchMap((start) => stream(start, milliseconds)),
      catchError((error: unknown) => {
        if (error instanceof KubeError && error.status !== undefined) return of([errorLine(error.status)]);
        throw error;
      }),
      takeUntil(merge(cache.restarted$, timer(milliseconds, scheduler))),
    );
  });
}
