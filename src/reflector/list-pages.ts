import { concat, defer, map, type Observable, of, repeat, takeLast, takeWhile, tap, throwIfEmpty } from 'rxjs';
import type { Progress, Replaced } from '../protocol/cache-event.ts';
import { KubeError, type KubeErrorReason } from '../protocol/kube-error.ts';
import type { ListOptions } from '../protocol/list-watch-options.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import type { ListAndWatchSettings } from './settings.ts';
import { silenceGuard } from './silence-guard.ts';

/**
 * One list, page by page, then one `Replaced` with all of it. The version is the first page's, which every page carries.
 * A failure on any page fails the list: what was collected is dropped, never mixed with another list.
 */
export function listPages<T>(
  listerWatcher: ListerWatcher<T>,
  first: ListOptions,
  settings: ListAndWatchSettings<T>,
): Observable<Progress | Replaced<T>> {
  return defer(() => {
    const objects: T[] = [];
    let version: string | undefined;
    let next: ListOptions = first;

    const collect = (page: ListPage<T>): void => {
      if (page.continue && page.continue === next.continue) throw sameToken(listerWatcher.resource);
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

    return concat(
      of(progress({})),
      // A loop, because there may be thousands of pages, and what is nested that deep overflows the stack.
      nextPage$.pipe(
        repeat(),
        takeWhile((page) => Boolean(page.continue), true),
        map(progress),
      ),
      defer(() => of({ type: 'Replaced', objects, resourceVersion: version ?? '' } as const)),
    );
  });
}

/** One request, guarded: a page that does not come is an error, as is a list without a version. */
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
    }),
  );
}

function sameToken(resource: string): KubeError {
  return new KubeError({ reason: 'Malformed', resource, message: 'a page names itself as the next one' });
}
