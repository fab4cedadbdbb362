import { concat, defer, ignoreElements, type Observable, of, tap, throwIfEmpty } from 'rxjs';
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

    const collect = (page: ListPage<T>): Progress => {
      for (const item of page.items) objects.push(settings.intern(item));
      const remaining = page.remainingItemCount;
      const progress: Progress = { type: 'Progress', phase: 'listing', received: objects.length };
      return remaining === undefined ? progress : { ...progress, remaining };
    };

    function pageFrom(options: ListOptions, version?: string): Observable<Progress | Replaced<T>> {
      return afterwards(onePage(listerWatcher, options, settings), (page) => {
        const resourceVersion = version ?? page.resourceVersion;
        const progress = collect(page);
        if (!page.continue) return of(progress, { type: 'Replaced', objects, resourceVersion } as const);
        if (page.continue === options.continue) throw sameToken(listerWatcher.resource);
        const { limit } = options;
        const next = { ...(limit === undefined ? {} : { limit }), continue: page.continue };
        return concat(of(progress), pageFrom(next, resourceVersion));
      });
    }

    return concat(of<Progress>({ type: 'Progress', phase: 'listing', received: 0 }), pageFrom(first));
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

/** Goes on with the value of a request once the request is over, not while it is: only one is ever open. */
function afterwards<V, R>(request$: Observable<V>, project: (value: V) => Observable<R>): Observable<R> {
  return defer(() => {
    let value: V;
    const requested$ = request$.pipe(
      tap((each) => (value = each)),
      ignoreElements(),
    );
    return concat(
      requested$,
      defer(() => project(value)),
    );
  });
}

function sameToken(resource: string): KubeError {
  return new KubeError({ reason: 'Malformed', resource, message: 'a page names itself as the next one' });
}
