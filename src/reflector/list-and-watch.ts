import { catchError, concat, concatMap, defer, EMPTY, ignoreElements, type Observable, of, tap } from 'rxjs';
import type { CacheEvent, Progress } from '../protocol/cache-event.ts';
import { isExpired, isResourceVersionTooLarge, kubeErrorFrom, type KubeError } from '../protocol/kube-error.ts';
import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import type { ListOptions } from '../protocol/list-watch-options.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { firstList, quietWatchesInDoubt, type Cursor } from './cursor.ts';
import { listPages, onePage } from './list-pages.ts';
import { pause } from './pause.ts';
import { listAndWatchSettings, refusalMemory, type ListAndWatchOptions } from './settings.ts';
import { untilNextWatch } from './time-left.ts';
import { watchStream, type WatchStart } from './watch-stream.ts';

/**
 * One list and watch session from a cursor on, cold: a list if the cursor asks for one, then a watch, at least a second
 * after the last watch request, of which `watchedAt` is the scheduler's time. It completes when the server ends the watch
 * and errors when anything fails. `retryWithBackoff` makes a reflector of it.
 */
export type Session<T> = (from?: Cursor, watchedAt?: number) => Observable<CacheEvent<T>>;

type ListCursor = Extract<Cursor, { next: 'list' }>;
type WatchCursor = Extract<Cursor, { next: 'watch' }>;

/**
 * The sessions of a ListerWatcher: one request at a time; unsubscribing aborts it and leaves no timer. Errors are
 * `KubeError`s.
 *
 * A session begins with a streaming list where its cursor allows one. A server that refuses it is listed in pages at
 * once, and not asked again for an hour: that is known of the server, so the subscribers of one `Session` share it, and
 * nothing else. Throws a RangeError on an option out of range.
 */
export function listAndWatch<T extends KubernetesObject>(
  listerWatcher: ListerWatcher<T>,
  options: ListAndWatchOptions<T> = {},
): Session<T> {
  const settings = listAndWatchSettings(options);
  const { pageSize, scheduler, streaming } = settings;
  let refusedUntil = streaming ? -Infinity : Infinity;

  function watch(start: WatchStart, watchedAt: number): Observable<CacheEvent<T>> {
    return defer(() => {
      const watch$ = watchStream(listerWatcher, start, settings);
      const wait = untilNextWatch(watchedAt, scheduler);
      return wait > 0 ? concat(pause(wait, scheduler), watch$) : watch$;
    });
  }

  function pages({ how, notOlderThan }: ListCursor, watchedAt: number): Observable<CacheEvent<T>> {
    return listPages(listerWatcher, firstPage(how, notOlderThan, pageSize), settings).pipe(
      concatMap((event) =>
        event.type === 'Replaced' ? concat(of(event), watch({ after: event.resourceVersion }, watchedAt)) : of(event),
      ),
    );
  }

  function stream(cursor: ListCursor, watchedAt: number): Observable<CacheEvent<T>> {
    return defer(() => {
      let askedAt = watchedAt;
      let synced = false;
      const { notOlderThan } = cursor;
      const start = { initial: true, ...(notOlderThan === undefined ? {} : { notOlderThan }) } as const;
      return watch(start, watchedAt).pipe(
        tap((event) => {
          if (event.type === 'Progress' && !event.open) askedAt = scheduler.now();
          synced ||= event.type === 'Replaced';
        }),
        catchError((error: unknown) => {
          if (synced || !refusesStreaming(kubeErrorFrom(listerWatcher.resource, error))) throw error;
          refusedUntil = scheduler.now() + refusalMemory;
          return pages(cursor, askedAt);
        }),
      );
    });
  }

  /**
   * A version of the future is watched in silence, only a list of at least that version tells. Nothing else it says counts.
   * It is told as the beginning of the watch that it is for.
   */
  function verified(resourceVersion: string): Observable<Progress> {
    const begun: Progress = { type: 'Progress', phase: 'watching', received: 0 };
    const options: ListOptions = { limit: 1, resourceVersion, resourceVersionMatch: 'NotOlderThan' };
    const verified$ = onePage(listerWatcher, options, settings).pipe(
      ignoreElements(),
      catchError((error: unknown) => {
        const known = kubeErrorFrom(listerWatcher.resource, error);
        if (isExpired(known) || isResourceVersionTooLarge(known) || known.reason === 'Stale') throw known;
        return EMPTY;
      }),
    );
    return concat(of(begun), verified$);
  }

  function resume({ resourceVersion, quiet }: WatchCursor, watchedAt: number): Observable<CacheEvent<T>> {
    const watch$ = watch({ after: resourceVersion }, watchedAt);
    return quiet < quietWatchesInDoubt ? watch$ : concat(verified(resourceVersion), watch$);
  }

  return (from = firstList, watchedAt = -Infinity) =>
    defer(() => {
      if (from.next === 'watch') return resume(from, watchedAt);
      const streams = from.how === 'stream' && scheduler.now() >= refusedUntil;
      return streams ? stream(from, watchedAt) : pages(from, watchedAt);
    }).pipe(
      catchError((error: unknown) => {
        throw kubeErrorFrom(listerWatcher.resource, error);
      }),
    );
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
