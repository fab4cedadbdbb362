import { concat, defer, map, type Observable, of, takeLast, takeUntil, tap, throwError, throwIfEmpty } from 'rxjs';
import type { Progress, Replaced } from '../protocol/cache-event.ts';
import { KubeError, type KubeErrorReason } from '../protocol/kube-error.ts';
import type { ListOptions } from '../protocol/list-watch-options.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import { checkNotOlder } from './check-not-older.ts';
import { pause } from './pause.ts';
import { repeatWhile } from './repeat-while.ts';
import type { ListAndWatchSettings } from './settings.ts';
import { silenceGuard } from './silence-guard.ts';

/**
 * One list, page by page, then one `Replaced` with all of it. The version is the first page's, which every page carries.
 * A failure on any page fails the list, as do pages that never end, and an answer older than asked for: what was
 * collected is dropped, never mixed with another list.
 */
export function listPages<T>(
  listerWatcher: ListerWatcher<T>,
  first: ListOptions,
  settings: ListAndWatchSettings<T>,
): Observable<Progress | Replaced<T>> {
  const { resource } = listerWatcher;
  const { scheduler, totalListDeadline } = settings;
  const fail = (reason: KubeErrorReason, message: string): KubeError => new KubeError({ reason, resource, message });
  return defer(() => {
    const objects: T[] = [];
    const tokens = new Set<string>();
    let version: string | undefined;
    let next: ListOptions = first;

    const collect = (page: ListPage<T>): void => {
      if (page.continue && tokens.has(page.continue))
        throw fail('Malformed', 'a page names an earlier one as the next');
      if (page.continue) tokens.add(page.continue);
      version ??= page.resourceVersion;
      next = { ...(next.limit === undefined ? {} : { limit: next.limit }), continue: page.continue ?? '' };
      for (const item of page.items) objects.push(settings.intern(item));
    };

    const progress = ({ remainingItemCount: remaining }: Partial<ListPage<T>>): Progress => {
      const soFar: Progress = { type: 'Progress', phase: 'listing', received: objects.length };
      return remaining === undefined ? soFar : { ...soFar, remaining };
    };

    // At its completion, so that only one request is ever open.
    const nextPage$ = defer(() => onePage(listerWatcher, next, settings)).pipe(takeLast(1), tap(collect));

    const late$ = concat(
      pause(totalListDeadline, scheduler),
      throwError(() =>
        fail('Timeout', `a list did not end within ${totalListDeadline} ms; what came of it is dropped`),
      ),
    );

    return concat(
      of(progress({})),
      repeatWhile(nextPage$, () => next.continue !== '').pipe(map(progress)),
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
