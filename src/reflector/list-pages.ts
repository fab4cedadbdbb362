import {
  concat,
  concatAll,
  defer,
  type Observable,
  of,
  takeLast,
  takeUntil,
  tap,
  throwError,
  throwIfEmpty,
} from 'rxjs';
import type { Progress, Refused, Replaced } from '../protocol/cache-event.ts';
import { KubeError, type KubeErrorReason } from '../protocol/kube-error.ts';
import type { ListOptions } from '../protocol/list-watch-options.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { checkNotOlder } from './check-not-older.ts';
import { mapWhileWaiting, type Steps } from './map-while-waiting.ts';
import { pause } from './pause.ts';
import { repeatWhile } from './repeat-while.ts';
import type { ListAndWatchSettings } from './settings.ts';
import { silenceGuard } from './silence-guard.ts';

/** So many objects of a page are interned in a turn of the event loop: pods take 2 to 3 ms. */
const internedInTurn = 100;

/**
 * One list, page by page, then one `Replaced` with all of it. The version is the first page's, which every page carries.
 * Objects that no cache can hold are told of as `Refused` before the progress of their page.
 * The next page is asked for when the one before has ended, and what came is interned meanwhile.
 * A failure on any page fails the list, as do pages that never end, and an answer older than asked for: what was
 * collected is dropped, never mixed with another list.
 */
export function listPages<T>(
  listerWatcher: ListerWatcher<T>,
  first: ListOptions,
  settings: ListAndWatchSettings<T>,
): Observable<Progress | Refused | Replaced<T>> {
  const { resource } = listerWatcher;
  const { scheduler, totalListDeadline } = settings;
  const fail = (reason: KubeErrorReason, message: string): KubeError => new KubeError({ reason, resource, message });
  return defer(() => {
    const objects: T[] = [];
    const tokens = new Set<string>();
    let version: string | undefined;
    let next: ListOptions = first;

    const follow = (page: ListPage<T>): void => {
      if (page.continue && tokens.has(page.continue))
        throw fail('Malformed', 'a page names an earlier one as the next');
      if (page.continue) tokens.add(page.continue);
      version ??= page.resourceVersion;
      next = { ...(next.limit === undefined ? {} : { limit: next.limit }), continue: page.continue ?? '' };
    };

    const progress = (): Progress => ({ type: 'Progress', phase: 'listing', received: objects.length });

    const collect = function* (page: ListPage<T>): Steps<(Progress | Refused)[]> {
      const { items, refused, remainingItemCount: remaining } = page;
      for (const [index, item] of items.entries()) {
        if (index > 0 && index % internedInTurn === 0) yield;
        objects.push(settings.intern(item));
      }
      const soFar = remaining === undefined ? progress() : { ...progress(), remaining };
      return refused === undefined ? [soFar] : [{ type: 'Refused', ...refused }, soFar];
    };

    // At its completion, so that only one request is ever open.
    const nextPage$ = defer(() => onePage(listerWatcher, next, settings)).pipe(takeLast(1), tap(follow));

    const late$ = concat(
      pause(totalListDeadline, scheduler),
      throwError(() =>
        fail('Timeout', `a list did not end within ${totalListDeadline} ms; what came of it is dropped`),
      ),
    );

    return concat(
      of(progress()),
      repeatWhile(nextPage$, () => next.continue !== '').pipe(mapWhileWaiting(collect, scheduler), concatAll()),
      defer(() => of({ type: 'Replaced', objects, resourceVersion: version ?? '' } as const)),
    ).pipe(takeUntil(late$));
  });
}

/** One request, guarded: a page that does not come is an error, as is one without a version or with an older one than asked. */
export function onePage<T>(
  listerWatcher: ListerWatcher<T>,
  options: ListOptions,
  settings: ListAndWatchSettings<T>,
): Observable<ListPage<T>> {
  const { resource } = listerWatcher;
  const fail = (reason: KubeErrorReason, message: string): KubeError => new KubeError({ reason, resource, message });
  const late = (): KubeError => fail('Idle', `no answer to a list within ${settings.listDeadline} ms`);
  return listerWatcher.list(options).pipe(
    silenceGuard(() => settings.listDeadline, late, settings.scheduler),
    throwIfEmpty(() => fail('Malformed', 'a list ended without a page')),
    tap((page) => {
      if (!page.resourceVersion) throw fail('Malformed', 'a list came without a resourceVersion');
      checkNotOlder(resource, page.resourceVersion, options.resourceVersion);
    }),
  );
}
