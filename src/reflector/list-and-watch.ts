import { catchError, concat, concatMap, defer, EMPTY, ignoreElements, type Observable, of, take, tap } from 'rxjs';
import type { CacheEvent, Requested } from '../protocol/cache-event.ts';
import { isExpired, isResourceVersionTooLarge, kubeErrorFrom, type KubeError } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ListOptions } from '../protocol/list-watch-options.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { firstList, isOfNetwork, type Cursor, type ListCursor } from './cursor.ts';
import { type Again, listPages, never, onePage } from './list-pages.ts';
import { pause } from '../streams/time/pause.ts';
import { listAndWatchSettings, refusalMemory, verificationDeadline, type ListAndWatchOptions } from './settings.ts';
import { untilNextWatch } from './time-left.ts';
import { watchStream, type WatchStart } from './watch-stream.ts';

/** What a session is told by whoever repeats it. */
export interface SessionContext {
  /** The scheduler's time of the last watch request: the next one comes at least a second later. Default: there was none. */
  readonly watchedAt?: number;
  /** Tells of a failed page and waits, so that the page is asked for again. Default: a failed page fails the session. */
  readonly again?: Again;
  /** Hears that the server has answered a request, where no event tells of it yet. */
  readonly answered?: () => void;
}

type Context = Required<SessionContext>;

/**
 * One list and watch session from a cursor on, cold: a list if the cursor asks for one, then a watch. It completes when the
 * server ends the watch and errors when anything fails. `retryWithBackoff` makes a reflector of it.
 */
export interface Session<T> {
  (from?: Cursor, context?: SessionContext): Observable<CacheEvent<T>>;
  /** The resource in words, for errors. */
  readonly resource?: string | undefined;
  /** What the requests are sent to, where that is known. */
  readonly host?: string | undefined;
}

/**
 * The sessions of a ListerWatcher: one request at a time; unsubscribing aborts it and leaves no timer. Errors are
 * `KubeError`s.
 *
 * A session begins with a streaming list where its cursor allows one. A server that refuses it is listed in pages at
 * once, and not asked again for an hour: that is known of the server, so the subscribers of one `Session` share it, and
 * nothing else. The events carry what the option `admit` makes of each object. Throws a RangeError on an option out of range.
 */
export function listAndWatch<S extends KubernetesObject, A = S>(
  listerWatcher: ListerWatcher<S>,
  options: ListAndWatchOptions<S, A> = {},
): Session<A> {
  const settings = listAndWatchSettings(options);
  const { pageSize, scheduler, streaming } = settings;
  let refusedUntil = streaming ? -Infinity : Infinity;

  function watch(start: WatchStart, watchedAt: number): Observable<CacheEvent<A>> {
    return defer(() => {
      const watch$ = watchStream(listerWatcher, start, settings);
      const wait = untilNextWatch(watchedAt, scheduler);
      return wait > 0 ? concat(pause(wait, scheduler), watch$) : watch$;
    });
  }

  function resume(resourceVersion: string, doubted: boolean, context: Context): Observable<CacheEvent<A>> {
    const watch$ = watch({ after: resourceVersion }, context.watchedAt);
    return doubted ? concat(verified(resourceVersion), watch$) : watch$;
  }

  function pages(cursor: ListCursor, context: Context): Observable<CacheEvent<A>> {
    const { how, notOlderThan, lagging = false } = cursor;
    const first = firstPage(how, notOlderThan, pageSize);
    return listPages(listerWatcher, first, settings, context.again, context.answered).pipe(
      concatMap((event) =>
        event.type === 'Replaced' ? concat(of(event), resume(event.resourceVersion, lagging, context)) : of(event),
      ),
    );
  }

  function stream(cursor: ListCursor, context: Context): Observable<CacheEvent<A>> {
    return defer(() => {
      const { watchedAt, answered } = context;
      let askedAt = watchedAt;
      let opened = false;
      let synced = false;
      const { notOlderThan, outlasted = 0 } = cursor;
      const start = { initial: true, outlasted, ...(notOlderThan !== undefined && { notOlderThan }) } as const;
      return watch(start, watchedAt).pipe(
        tap((event) => {
          if (event.type === 'Requested') askedAt = scheduler.now();
          opened ||= event.type === 'Opened' || event.type === 'Received';
          synced ||= event.type === 'Replaced';
        }),
        catchError((cause: unknown) => {
          const error = kubeErrorFrom(listerWatcher.resource, cause);
          if (synced) throw error;
          const isRefused = refusesStreaming(error);
          if (isRefused || (opened && error.reason === 'MarkerMissing')) refusedUntil = scheduler.now() + refusalMemory;
          if (!isRefused) throw error;
          answered();
          return pages(cursor, { ...context, watchedAt: askedAt });
        }),
      );
    });
  }

  /**
   * A version of the future is watched in silence, only a list of at least that version tells. Nothing else that it says
   * counts, but that there is no answer. It is told as the beginning of the watch that it is for, and whether
   * the host answers, that watch tells: one that answers lists alone is of no use.
   */
  function verified(resourceVersion: string): Observable<Requested> {
    const begun: Requested = { type: 'Requested', phase: 'watching' };
    const options: ListOptions = { limit: 1, resourceVersion, resourceVersionMatch: 'NotOlderThan' };
    const verified$ = onePage(listerWatcher, options, { listDeadline: verificationDeadline, scheduler }).pipe(
      take(1),
      ignoreElements(),
      catchError((cause: unknown) => {
        const error = kubeErrorFrom(listerWatcher.resource, cause);
        const isBehind = isExpired(error) || isResourceVersionTooLarge(error) || error.reason === 'Stale';
        // A list that only takes long says nothing of the watch.
        if (isBehind || (isOfNetwork(error) && error.reason !== 'Idle')) throw error;
        return EMPTY;
      }),
    );
    return concat(of(begun), verified$);
  }

  function session(from: Cursor = firstList, context: SessionContext = {}): Observable<CacheEvent<A>> {
    const { watchedAt = -Infinity, again = never, answered = () => undefined } = context;
    const complete: Context = { watchedAt, again, answered };
    return defer(() => {
      if (from.next === 'watch') return resume(from.resourceVersion, from.doubted, complete);
      const streams = from.how === 'stream' && scheduler.now() >= refusedUntil;
      return streams ? stream(from, complete) : pages(from, complete);
    }).pipe(
      catchError((error: unknown) => {
        throw kubeErrorFrom(listerWatcher.resource, error);
      }),
    );
  }
  return Object.defineProperties(session, {
    resource: { value: listerWatcher.resource },
    // Asked each time: a kubeconfig may come to name another server.
    host: { get: () => listerWatcher.host },
  });
}

/** Pages come without a version only: with one, a server may take a limit to mean that very version, or go to etcd. */
function firstPage(how: ListCursor['how'], notOlderThan: string | undefined, limit: number): ListOptions {
  if (notOlderThan !== undefined) return { resourceVersion: notOlderThan, resourceVersionMatch: 'NotOlderThan' };
  return how === 'whole' ? {} : { limit };
}

/** A 4xx that is about the request, not about who asks, when, or from which version: the server knows no streaming lists. */
function refusesStreaming({ code = 0 }: KubeError): boolean {
  return code >= 400 && code < 500 && ![401, 403, 404, 408, 410, 429].includes(code);
}
