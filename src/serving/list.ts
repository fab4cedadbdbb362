import { defer, map, type Observable, of, type SchedulerLike } from 'rxjs';
import type { CollectionQuery } from './collection-query.ts';
import { type ContinueToken, decodeContinueToken, encodeContinueToken } from './continue-token.ts';
import { badRequest, continueExpired, listExpired, refusal } from './failure-status.ts';
import { validateListOptions } from './list-options.ts';
import { lowerBound, namespaceRange } from './ordered-revisions.ts';
import type { Revision } from './revision.ts';
import type { ServedCache } from './served-cache.ts';
import { resourceWords } from './served-resource.ts';
import { versionFault } from './version-parameter.ts';

/** One page of a list, before it is printed. */
export interface ServedPage {
  /** The version of the whole list, the same on all of its pages. */
  readonly version: bigint;
  readonly revisions: readonly Revision[];
  /** The token of the next page; absent on the last one. */
  readonly continue?: string;
  /**
   * The number of items on the next pages. Absent on the last page, and with selectors, because the matches are not
   * counted.
   */
  readonly remainingItemCount?: number;
}

function pageOf(
  ordered: readonly Revision[],
  version: bigint,
  { selection }: CollectionQuery,
  limit: number,
  start = '',
): ServedPage {
  const range = namespaceRange(ordered, selection.namespace);
  const prefix = selection.namespace === undefined ? '' : `${selection.namespace}/`;
  const from = start === '' ? range.start : lowerBound(ordered, prefix + start, range.start);
  const revisions: Revision[] = [];
  let next = from;
  for (; next < range.end && (limit <= 0 || revisions.length < limit); next++) {
    const revision = ordered[next];
    if (revision !== undefined && (selection.unfiltered || selection.matches(revision.object)))
      revisions.push(revision);
  }
  const last = revisions.at(-1);
  // With selectors the rest may hold no match. Then the next page is empty and the last one.
  if (next >= range.end || last === undefined) return { version, revisions };
  return {
    version,
    revisions,
    continue: encodeContinueToken({ version, start: `/${last.key.slice(prefix.length)}\u0000` }),
    ...(selection.unfiltered && { remainingItemCount: range.end - next }),
  };
}

function continued(cache: ServedCache, query: CollectionQuery, resource: string): ServedPage {
  let token: ContinueToken;
  try {
    token = decodeContinueToken(query.continue);
  } catch (error) {
    throw refusal(resource, badRequest(`invalid continue token: ${error instanceof Error ? error.message : ''}`));
  }
  if (query.resourceVersion !== '' && query.resourceVersion !== '0') {
    throw refusal(resource, badRequest('specifying resource version is not allowed when using continue'));
  }
  const { version, start } = token;
  const limit = query.resourceVersion === '0' ? 0 : query.limit;
  if (version < 0n) return pageOf(cache.ordered(), cache.versions.current, query, limit, start);
  const ordered = cache.orderedAt(version);
  if (ordered === undefined) {
    throw refusal(resource, continueExpired(encodeContinueToken({ version: -1n, start })));
  }
  return pageOf(ordered, version, query, limit, start);
}

/**
 * Answers one list request with one page, by the rules for resourceVersion, resourceVersionMatch, limit and continue.
 * All pages of a list show the state at the version of the first one. Waits for a version that has not come yet.
 *
 * Errors with a KubeError whose Status is the server's answer: 400, 410, 422, or 504.
 */
export function list(cache: ServedCache, query: CollectionQuery, scheduler?: SchedulerLike): Observable<ServedPage> {
  return defer(() => {
    const resource = resourceWords(cache.resource);
    validateListOptions(resource, query);
    query.selection.checkFields(cache.resource);
    if (query.continue !== '') return of(continued(cache, query, resource));
    const { resourceVersion, resourceVersionMatch: match, limit } = query;
    const fault = resourceVersion === '' ? undefined : versionFault(resourceVersion);
    if (fault !== undefined) throw refusal(resource, badRequest(`invalid resource version: ${fault}`));
    const latest = (size: number) => pageOf(cache.ordered(), cache.versions.current, query, size);
    if (resourceVersion === '') return of(latest(limit));
    const version = BigInt(resourceVersion);
    // The client takes any version, so the server sends its current state, all at once.
    if (version === 0n) return of(latest(0));
    const isExact = match === 'Exact' || (match === '' && limit > 0);
    return cache.versions.whenReached(version, resource, scheduler).pipe(
      map(() => {
        if (!isExact) return latest(limit);
        const ordered = cache.orderedAt(version);
        if (ordered === undefined) throw refusal(resource, listExpired());
        return pageOf(ordered, version, query, limit);
      }),
    );
  });
}
