import {
  catchError,
  concat,
  concatAll,
  defer,
  finalize,
  map,
  type Observable,
  of,
  Subject,
  takeLast,
  tap,
  throwError,
  throwIfEmpty,
} from 'rxjs';
import type { HeldBack, Interrupted, Received, Refused, Replaced, Requested } from '../protocol/cache-event.ts';
import { KubeError, kubeErrorFrom, type KubeErrorReason } from '../protocol/errors/kube-error.ts';
import type { ListOptions } from '../protocol/list-watch-options.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { Held } from '../protocol/hold-reason.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { checkNotOlder } from './check-not-older.ts';
import { isRepeatablePage } from './cursor.ts';
import { mapWhileWaiting, type Steps } from '../streams/map-while-waiting.ts';
import { repeatWhile } from '../streams/repeat-while.ts';
import type { ListAndWatchSettings } from './settings.ts';
import { checkedObservable } from '../streams/checks/checked-observable.ts';
import { silenceGuard } from '../streams/time/silence-guard.ts';
import { HoldTime } from './hold-time.ts';
import { tellHeld } from './tell-held.ts';

/** 100 objects of a page are admitted in one turn of the event loop: of pods that takes 2 to 3 ms. */
const admittedInTurn = 100;

/** A list fails at the 1001st page in a row without an object. A selector may lead to some, a server that never ends to ever more. */
const mostEmptyPages = 1000;

/** Tells of a failed page, and completes when the page may be asked for again. */
export type RetryPage = (error: KubeError) => Observable<Interrupted>;

/** Callbacks for what happens to the request for a page before the page is complete. */
export interface PageSigns {
  /** Called once, when the server has answered. */
  readonly answered?: (() => void) | undefined;
  /** Called with the number of items so far. What it throws fails the request. */
  readonly received?: (count: number) => void;
  /** Called when the request is held back, and when it is sent then. Without it the request may not be held back. */
  readonly held?: Held;
}

/** A {@link RetryPage} that never asks again. */
export function never(error: KubeError): Observable<never> {
  return throwError(() => error);
}

/**
 * One list, page by page, then one `Replaced` with all of it. The version is the first page's, which every page carries.
 * Objects that no cache can hold are told as `Refused` before the `Received` of their page. The next page is asked for when
 * the one before has ended; the objects of that one are admitted meanwhile.
 *
 * The first page that fails fails the list. A later one is asked for again where its failure says nothing about the list,
 * when `retryPage` completes, for as long as a list may go without progress. Any other failure fails the list, as do pages
 * that never end and an answer older than asked for. A list that fails drops what it has; two lists are never mixed.
 */
export function listPages<S, A>(
  listerWatcher: ListerWatcher<S>,
  first: ListOptions,
  settings: ListAndWatchSettings<S, A>,
  retryPage: RetryPage = never,
  answered?: () => void,
): Observable<Requested | HeldBack | Received | Interrupted | Refused | Replaced<A>> {
  const { resource } = listerWatcher;
  const { listDeadline, maxListObjects, scheduler } = settings;
  const fail = (reason: KubeErrorReason, message: string): KubeError => new KubeError({ reason, resource, message });
  return defer(() => {
    const objects: A[] = [];
    const tokens = new Set<string>();
    let version: string | undefined;
    let next: ListOptions = first;
    let itemsSoFar = 0;
    let emptyPages = 0;
    let progressedAt = scheduler.now();

    const checkLimit = (count: number): void => {
      if (count > maxListObjects)
        throw fail('TooLarge', `a list has more than ${maxListObjects} objects; what came of it is dropped`);
    };

    const follow = (page: ListPage<S>): void => {
      if (page.continue && tokens.has(page.continue))
        throw fail('Malformed', 'a page names an earlier one as the next');
      if (page.continue) tokens.add(page.continue);
      const count = page.items.length + (page.refused?.count ?? 0);
      itemsSoFar += count;
      checkLimit(itemsSoFar);
      emptyPages = count === 0 ? emptyPages + 1 : 0;
      if (emptyPages > mostEmptyPages)
        throw fail('Malformed', `a list had ${mostEmptyPages} pages in a row without an object, and names a next one`);
      version ??= page.resourceVersion;
      progressedAt = scheduler.now();
      next = { ...(next.limit === undefined ? {} : { limit: next.limit }), continue: page.continue ?? '' };
    };

    const collect = function* (
      part: ListPage<S> | Requested | HeldBack | Interrupted,
    ): Steps<readonly (Requested | HeldBack | Received | Interrupted | Refused)[]> {
      if ('type' in part) return [part];
      const { items, refused, remainingItemCount: remaining } = part;
      for (const [index, item] of items.entries()) {
        if (index > 0 && index % admittedInTurn === 0) yield;
        objects.push(settings.admit(item));
      }
      const counts = { received: objects.length, ...(remaining !== undefined && { remaining }) };
      const soFar: Received = { type: 'Received', phase: 'listing', ...counts };
      return refused === undefined ? [soFar] : [{ type: 'Refused', ...refused }, soFar];
    };

    function repeated(cause: unknown): Observable<Requested | Interrupted> {
      const error = kubeErrorFrom(resource, cause);
      const isLate = scheduler.now() - progressedAt >= listDeadline;
      if (version === undefined || isLate || !isRepeatablePage(error)) throw error;
      return concat(
        retryPage(error),
        defer(() => of({ type: 'Requested', phase: 'listing', received: objects.length } as const)),
      );
    }

    // A page is followed at its completion, so that only one request is open. After a failure the same page is requested again.
    const received = (count: number): void => checkLimit(itemsSoFar + count);
    const nextPage$ = defer(() =>
      tellHeld(
        'listing',
        (held) => onePage(listerWatcher, next, settings, { answered, received, held }).pipe(takeLast(1), tap(follow)),
        objects.length,
      ),
    ).pipe(catchError((cause: unknown) => repeated(cause)));

    return concat(
      of({ type: 'Requested', phase: 'listing' } as const),
      repeatWhile(nextPage$, () => next.continue !== '').pipe(mapWhileWaiting(collect, scheduler), concatAll()),
      defer(() => of({ type: 'Replaced', objects, resourceVersion: version ?? '' } as const)),
    );
  });
}

/**
 * One request, guarded: a page that makes no progress is an error, as is one with an older version than asked for. A page
 * without a version is taken: some servers give none.
 */
export function onePage<T>(
  listerWatcher: ListerWatcher<T>,
  options: ListOptions,
  settings: Pick<ListAndWatchSettings<unknown>, 'listDeadline' | 'scheduler'>,
  { answered = () => undefined, received = () => undefined, held }: PageSigns = {},
): Observable<ListPage<T>> {
  const { resource } = listerWatcher;
  const { listDeadline, scheduler } = settings;
  const fail = (reason: KubeErrorReason, message: string): KubeError => new KubeError({ reason, resource, message });
  const late = (): KubeError => fail('Idle', `nothing came of a list for ${listDeadline} ms`);
  return defer(() => {
    const signs$ = new Subject<void>();
    const holdTime = new HoldTime(scheduler);
    const tell: Held = (reason) => {
      holdTime.held(reason);
      held?.(reason);
    };
    let isAnswered = false;
    const hear = (): void => {
      if (isAnswered) return;
      isAnswered = true;
      answered();
    };
    const alive = (count = 0): void => {
      hear();
      received(count);
      signs$.next();
    };
    return checkedObservable(
      'list of the ListerWatcher returned',
      listerWatcher.list(options, alive, held && tell),
    ).pipe(
      tap(hear),
      silenceGuard(() => listDeadline + holdTime.sum, late, scheduler, { signs$ }),
      finalize(() => signs$.complete()),
    );
  }).pipe(
    throwIfEmpty(() => fail('Malformed', 'a list ended without a page')),
    // Not every ListerWatcher is typed: a missing version counts as an empty one.
    map((page) => (page.resourceVersion ? page : { ...page, resourceVersion: '' })),
    tap((page) => checkNotOlder(resource, page.resourceVersion, options.resourceVersion)),
  );
}
