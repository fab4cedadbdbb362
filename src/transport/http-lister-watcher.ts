import { catchError, defer, type Observable, tap, throwError } from 'rxjs';
import { type Awaitable, awaitable } from '../protocol/awaitable.ts';
import { KubeError } from '../protocol/errors/kube-error.ts';
import type { ListPage } from '../protocol/list-page.ts';
import type { ListOptions, WatchOptions } from '../protocol/list-watch-options.ts';
import type { Alive, AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { WatchFrame } from '../protocol/watch-frame.ts';
import { acceptResponse } from './accept-response.ts';
import { bodyTexts } from './decode/body-texts.ts';
import { decodeListPage } from './decode/decode-list-page.ts';
import { decodeWatchFrames } from './decode/decode-watch-frames.ts';
import type { HttpClient, HttpEvent } from './request/http-client.ts';
import { tellNotServed } from './request/not-served.ts';
import type { ObjectRule } from './decode/object-rule.ts';
import { checkSelectors, listQuery, type Selectors, watchQuery } from './request/request-query.ts';
import { serverWarnings, type WarningOptions } from './request/server-warnings.ts';
import { objectParser } from '../sharing/object-parser.ts';

/** Options of {@link httpListerWatcher}. */
export interface HttpListerWatcherOptions extends Selectors, WarningOptions {
  readonly http: HttpClient;
  /** The resource in words, for errors and status: `v1/pods in default`. */
  readonly resource: string;
  /** Where the collection is: `/api/v1/namespaces/default/pods`. */
  readonly path: string;
  /** Group and version of objects that do not say theirs: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** The kind of objects that do not say theirs, and are in no list that does. Unset: they are left without one. */
  readonly kind?: string | undefined;
  /**
   * Asks for PartialObjectMetadata: everything but spec, status and data. Whole objects of a server that cannot cut them are
   * cut here; one that refuses for what is asked (406) is asked for whole ones from then on. Default false.
   */
  readonly metadataOnly?: boolean | undefined;
  /** The longest frame of a watch, in bytes. Default 64 MiB. */
  readonly maxFrameBytes?: number | undefined;
  /**
   * The longest item of a list, in bytes, and as much of a list that cannot be cut into items, such as one with white space;
   * what is longer is TooLarge. Default 256 MiB.
   */
  readonly maxItemBytes?: number | undefined;
  /** The longest body of a list, in bytes. Default without a limit: its text is not kept. */
  readonly maxBodyBytes?: number | undefined;
  /** A clock in milliseconds since 1970, for a `Retry-After` that is a date in a response without `Date`. */
  readonly now?: (() => number) | undefined;
}

const json = 'application/json';
const metadataAccept = (kind: string) => `${json};as=${kind};v=v1;g=meta.k8s.io,${json}`;

/**
 * Lists and watches one collection over HTTP, as JSON. Objects are taken in whichever version and kind they come; those that
 * no cache can hold, because they have no name, are left out and told of. What the objects of one controlling owner have in common may be the
 * same frozen value in all of them, see {@link objectParser}; Secrets share none.
 *
 * Throws a TypeError for a selector that is no text, or misspelt, and a RangeError for a limit that is no number of bytes.
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
    maxBodyBytes = Infinity,
    now,
  } = options;
  checkLimits({ maxFrameBytes, maxItemBytes, maxBodyBytes });
  const { apiVersion, kind } = options;
  const rule: ObjectRule = { resource, apiVersion, kind, metadataOnly };
  const parse = objectParser({ path, kind });
  const warn = serverWarnings(options);
  let cutsObjects = metadataOnly;

  function ask(query: string, accept: string): Observable<HttpEvent> {
    return http({ resource, method: 'GET', path: query === '' ? path : `${path}?${query}`, headers: { accept } }).pipe(
      tap((event) => warn(resource, event)),
      acceptResponse(resource, now),
      tellNotServed(resource, path, 'collection'),
    );
  }

  function get(query: string, metadataKind: string): Observable<HttpEvent> {
    if (!cutsObjects) return ask(query, json);
    return ask(query, metadataAccept(metadataKind)).pipe(
      catchError((error: unknown) => {
        if (!(error instanceof KubeError) || error.code !== 406) return throwError(() => error as Error);
        // Not before it answers: one that takes neither says nothing of what it takes.
        return ask(query, json).pipe(tap(() => (cutsObjects = false)));
      }),
    );
  }

  return {
    resource,
    // Asked each time: a kubeconfig may come to name another server.
    get host() {
      return http.host;
    },
    list(listOptions: ListOptions, alive?: Alive): Awaitable<ListPage<T>> {
      const page$ = defer(() => get(listQuery(listOptions, options), 'PartialObjectMetadataList')).pipe(
        bodyTexts(resource, maxBodyBytes),
        decodeListPage<T>(rule, { maxItemBytes, parse, alive }),
      );
      return awaitable(page$);
    },
    watch(watchOptions: WatchOptions): Observable<WatchFrame<T>> {
      return defer(() => get(watchQuery(watchOptions, options), 'PartialObjectMetadata')).pipe(
        decodeWatchFrames<T>(rule, { maxFrameBytes, parse }),
      );
    },
  } satisfies AwaitableListerWatcher<T>;
}

/** Throws a RangeError that names the limit: one that is no number would hold nothing back. */
function checkLimits(limits: Readonly<Record<string, number | undefined>>): void {
  for (const [name, bytes] of Object.entries(limits)) {
    if (bytes === undefined || (typeof bytes === 'number' && bytes > 0)) continue;
    throw new RangeError(`${name} is ${String(bytes)}; it takes a number of bytes above 0 (Infinity for no limit).`);
  }
}
