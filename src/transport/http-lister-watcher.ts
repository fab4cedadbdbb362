import { catchError, defer, type Observable, tap, throwError } from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import type { CollectionOptions } from '../protocol/collection-options.ts';
import { KubeError } from '../protocol/errors/kube-error.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListOptions, WatchOptions } from '../protocol/list-watch-options.ts';
import type { Held } from '../protocol/hold-reason.ts';
import type { Alive, AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { acceptResponse } from './accept-response.ts';
import { bodyTexts } from './decode/body-texts.ts';
import { decodeListPage } from './decode/decode-list-page.ts';
import { decodeWatchFrames } from './decode/decode-watch-frames.ts';
import type { HttpClient, HttpEvent } from './request/http-client.ts';
import { tellNotServed } from './request/not-served.ts';
import type { ObjectRule } from './decode/object-rule.ts';
import { checkSelectors, listQuery, watchQuery } from './request/request-query.ts';
import type { ReadingOptions } from './request/reading-options.ts';
import { serverWarnings } from './request/server-warnings.ts';
import { checkExactIntegers, parseExact } from '../protocol/numbers/parse-exact.ts';
import { selectionOf } from '../protocol/selectors/selection-of.ts';
import { objectParser } from '../sharing/object-parser.ts';

/** Options of {@link httpListerWatcher}. */
export interface HttpListerWatcherOptions extends Omit<CollectionOptions, 'namespace'>, ReadingOptions {
  readonly http: HttpClient;
  /** The resource in words, for errors and status: `v1/pods in default`. */
  readonly resource: string;
  /** The path of the collection: `/api/v1/namespaces/default/pods`. */
  readonly path: string;
  /** The group and version, for objects that do not name theirs: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** The kind, for objects that do not name theirs in a list that names none either. Unset: they get no kind. */
  readonly kind?: string | undefined;
  /** The longest body of a list, in bytes. Default no limit: the text of a list is not held. */
  readonly maxBodyBytes?: number | undefined;
  /** A clock in milliseconds since 1970, for a `Retry-After` that is a date in a response without `Date`. */
  readonly now?: (() => number) | undefined;
}

const json = 'application/json';
const metadataAccept = (kind: string) => `${json};as=${kind};v=v1;g=meta.k8s.io,${json}`;

/**
 * Lists and watches one collection over HTTP, as JSON. Objects may be of any version and kind. Objects that no cache
 * can hold, because they have no valid name, are left out and reported as refused. Objects of one controlling owner may
 * hold the same frozen parts, see {@link objectParser}; Secrets share none.
 *
 * With `metadataOnly`: if a server sends whole objects, they are cut here. If it refuses the form (406), it is asked for
 * whole objects from then on.
 *
 * Throws a TypeError for a selector that is not a string or for a misspelt selector option, and a RangeError for a limit
 * that is not a number of bytes above 0.
 *
 * ```ts
 * const listerWatcher = httpListerWatcher<Raw<V1Pod>>({
 *   http: fetchHttpClient({ server: 'http://localhost:8001' }),
 *   resource: 'v1/pods in default',
 *   path: '/api/v1/namespaces/default/pods',
 *   apiVersion: 'v1',
 * });
 * sharedInformer(listerWatcher).snapshot$.subscribe((snapshot) => render(snapshot.list()));
 * ```
 */
export function httpListerWatcher<T>(options: HttpListerWatcherOptions): AwaitableListerWatcher<T> {
  checkSelectors(options);
  const {
    http,
    resource,
    path,
    metadataOnly = false,
    maxFrameBytes,
    maxItemBytes,
    exactIntegers,
    maxBodyBytes = Infinity,
    now,
  } = options;
  checkLimits({ maxFrameBytes, maxItemBytes, maxBodyBytes });
  const { apiVersion, kind } = options;
  const rule: ObjectRule = { resource, apiVersion, kind, metadataOnly };
  checkExactIntegers(exactIntegers);
  const parse = objectParser({ path, kind, exactIntegers });
  const warn = serverWarnings(options);
  let cutsObjects = metadataOnly;

  function ask(query: string, accept: string, held: Held | undefined): Observable<HttpEvent> {
    const asked = query === '' ? path : `${path}?${query}`;
    return http({ resource, method: 'GET', path: asked, headers: { accept }, ...(held && { held }) }).pipe(
      tap((event) => warn(resource, event)),
      acceptResponse(resource, now),
      tellNotServed(resource, path, 'collection'),
    );
  }

  function get(query: string, metadataKind: string, held: Held | undefined): Observable<HttpEvent> {
    if (!cutsObjects) return ask(query, json, held);
    return ask(query, metadataAccept(metadataKind), held).pipe(
      catchError((error: unknown) => {
        if (!(error instanceof KubeError) || error.code !== 406) return throwError(() => error as Error);
        // Only an answer decides: a server that refuses both forms says nothing about the first.
        return ask(query, json, held).pipe(tap(() => (cutsObjects = false)));
      }),
    );
  }

  return {
    resource,
    metadataOnly,
    selects: selectionOf(options),
    // A getter, because a kubeconfig may come to name another server.
    get host() {
      return http.host;
    },
    get nudged$() {
      return http.nudged?.(resource);
    },
    list(listOptions: ListOptions, alive?: Alive, held?: Held): Awaitable<ListPage<T>> {
      const page$ = defer(() => get(listQuery(listOptions, options), 'PartialObjectMetadataList', held)).pipe(
        bodyTexts(resource, maxBodyBytes),
        decodeListPage<T>(rule, { maxItemBytes, parse, alive, parseWhole: exactIntegers ? parseExact : undefined }),
      );
      return awaitable(page$);
    },
    watch(watchOptions: WatchOptions, held?: Held): Observable<WatchFrame<T>> {
      return defer(() => get(watchQuery(watchOptions, options), 'PartialObjectMetadata', held)).pipe(
        decodeWatchFrames<T>(rule, { maxFrameBytes, parse }),
      );
    },
  } satisfies AwaitableListerWatcher<T>;
}

/** Throws a RangeError that names the limit. An invalid limit would hold nothing back. */
function checkLimits(limits: Readonly<Record<string, number | undefined>>): void {
  for (const [name, bytes] of Object.entries(limits)) {
    if (bytes === undefined || (typeof bytes === 'number' && bytes > 0)) continue;
    throw new RangeError(`${name} is ${String(bytes)}; it takes a number of bytes above 0 (Infinity for no limit).`);
  }
}
