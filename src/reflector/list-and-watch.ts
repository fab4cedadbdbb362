import { catchError, concat, concatMap, defer, EMPTY, ignoreElements, type Observable, of, take, tap } from 'rxjs';
import type { CacheEvent, HeldBack, Requested } from '../protocol/cache-event.ts';
import { isExpired, isResourceVersionTooLarge, kubeErrorFrom, type KubeError } from '../protocol/errors/kube-error.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ListOptions } from '../protocol/list-watch-options.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { checkedListerWatcher } from './checked-lister-watcher.ts';
import { firstList, isOfNetwork, isWithoutWatch, type Cursor, type ListCursor } from './cursor.ts';
import { listPages, never, onePage } from './list-pages.ts';
import { pause } from '../streams/time/pause.ts';
import { tellHeld } from './tell-held.ts';
import { opaqueSession, type Session, type SessionContext } from './session.ts';
import { listAndWatchSettings, refusalMemory, verificationDeadline, type SessionOptions } from './settings.ts';
import { untilNextWatch } from './until-next-watch.ts';
import { watchStream, type WatchStart } from './watch-stream.ts';

/** The context of a session with every default in place. */
type Context = Required<SessionContext>;

/**
 * The sessions of a ListerWatcher: each is one list and one watch, with one request at a time. Unsubscribing aborts the
 * request and leaves no timer. Errors are `KubeError`s.
 *
 * Where the server has no watch (405), a session is one list, and ends when the next one is due (`pollInterval`).
 *
 * The list is a streaming list, unless the server has refused one. A refusal leads to a paged list at once, and counts for
 * an hour for all subscribers of the `Session` that is returned; they share nothing else. The events carry what the option `admit` makes of each object. Throws a RangeError on an option out of range,
 * and a TypeError for an invalid ListerWatcher.
 *
 * ```ts
 * const session = listAndWatch(podListerWatcher);
 * session().subscribe({ next: (event) => console.log(event.type), error: (error) => console.error(error) });
 * ```
 */
export function listAndWatch<S extends KubernetesObject, A = S>(
  listerWatcher: ListerWatcher<S>,
  options: SessionOptions<S, A> = {},
): Session<A> {
  checkedListerWatcher('listAndWatch', listerWatcher);
  const settings = listAndWatchSettings(options);
  const { pageSize, pollInterval, scheduler, streaming } = settings;
  let refusedUntil = streaming ? -Infinity : Infinity;

  function watch(start: WatchStart, watchedAt: number): Observable<CacheEvent<A>> {
    return defer(() => {
      const watch$ = watchStream(listerWatcher, start, settings);
      const wait = untilNextWatch(watchedAt, scheduler);
      return wait > 0 ? concat(pause(wait, scheduler), watch$) : watch$;
    });
  }

  function resume(resourceVersion: string, unverified: boolean, context: Context): Observable<CacheEvent<A>> {
    const watch$ = watch({ after: resourceVersion }, context.watchedAt);
    return unverified && resourceVersion !== '' ? concat(verified(resourceVersion), watch$) : watch$;
  }

  /** Watches what was just listed. Where the server has no watch, the session ends when the next list is due. */
  function watchListed(resourceVersion: string, unverified: boolean, context: Context): Observable<CacheEvent<A>> {
    return resume(resourceVersion, unverified, context).pipe(
      catchError((cause: unknown) => {
        const error = kubeErrorFrom(listerWatcher.resource, cause);
        if (!isWithoutWatch(error)) throw error;
        return concat(of({ type: 'Unwatched', relistIn: pollInterval } as const), pause(pollInterval, scheduler));
      }),
    );
  }

  function pages(cursor: ListCursor, context: Context): Observable<CacheEvent<A>> {
    const { how, notOlderThan, wasBehind = false } = cursor;
    const first = firstPage(how, notOlderThan, pageSize);
    return listPages(listerWatcher, first, settings, context.retryPage, context.answered).pipe(
      concatMap((event) =>
        event.type === 'Replaced'
          ? concat(of(event), watchListed(event.resourceVersion, wasBehind, context))
          : of(event),
      ),
    );
  }

  function stream(cursor: ListCursor, context: Context): Observable<CacheEvent<A>> {
    return defer(() => {
      const { watchedAt, answered } = context;
      let askedAt = watchedAt;
      let opened = false;
      let synced = false;
      const { notOlderThan, timeouts = 0 } = cursor;
      const start = { initial: true, timeouts, ...(notOlderThan !== undefined && { notOlderThan }) } as const;
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
   * Lists one object of at least this version, since a watch from a version that the server has not reached is silent. Fails
   * where the server is behind, or where no answer comes; any other answer leads to the watch. The request is told as one of
   * the watch, and that it was answered is not told: a host that answers lists alone is of no use.
   */
  function verified(resourceVersion: string): Observable<Requested | HeldBack> {
    const requested: Requested = { type: 'Requested', phase: 'watching' };
    const options: ListOptions = { limit: 1, resourceVersion, resourceVersionMatch: 'NotOlderThan' };
    const verified$ = tellHeld('watching', (held) => {
      const once = { listDeadline: verificationDeadline, scheduler };
      return onePage(listerWatcher, options, once, { held }).pipe(take(1), ignoreElements());
    }).pipe(
      catchError((cause: unknown) => {
        const error = kubeErrorFrom(listerWatcher.resource, cause);
        const isBehind = isExpired(error) || isResourceVersionTooLarge(error) || error.reason === 'Stale';
        // That this list takes long says nothing about the watch.
        if (isBehind || (isOfNetwork(error) && error.reason !== 'Idle')) throw error;
        return EMPTY;
      }),
    );
    return concat(of(requested), verified$);
  }

  function session(from: Cursor = firstList, context: SessionContext = {}): Observable<CacheEvent<A>> {
    const { watchedAt = -Infinity, retryPage = never, answered = () => undefined } = context;
    const complete: Context = { watchedAt, retryPage, answered };
    return defer(() => {
      if (from.next === 'watch') return resume(from.resourceVersion, from.unverified, complete);
      const streams = from.how === 'stream' && scheduler.now() >= refusedUntil;
      return streams ? stream(from, complete) : pages(from, complete);
    }).pipe(
      catchError((error: unknown) => {
        throw kubeErrorFrom(listerWatcher.resource, error);
      }),
    );
  }
  return opaqueSession<A>(
    Object.defineProperties(session, {
      resource: { value: listerWatcher.resource },
      // Asked each time: a kubeconfig may come to name another server.
      host: { get: () => listerWatcher.host },
      nudged$: { get: () => listerWatcher.nudged$ },
    }),
  );
}

/** Only a list without a version is paged: with both, a server may list exactly that version, or read from etcd. */
function firstPage(how: ListCursor['how'], notOlderThan: string | undefined, limit: number): ListOptions {
  if (notOlderThan !== undefined) return { resourceVersion: notOlderThan, resourceVersionMatch: 'NotOlderThan' };
  return how === 'whole' ? {} : { limit };
}

/** True for a 4xx about the request itself, not about who asks, when or from which version: the server knows no streaming lists. */
function refusesStreaming({ code = 0 }: KubeError): boolean {
  return code >= 400 && code < 500 && ![401, 403, 404, 408, 410, 429].includes(code);
}
