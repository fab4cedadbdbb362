import { asyncScheduler, Observable, type SchedulerLike } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { guarded } from '../../streams/guarded.ts';
import { checkedPeriod, longestTimer } from '../../streams/time/period.ts';
import { silenceGuard } from '../../streams/time/silence-guard.ts';
import { askedHeaders } from './asked-headers.ts';
import type { HttpClient, HttpEvent, HttpRequest } from './http-client.ts';
import { unprinted } from './unprinted.ts';

/** Options of {@link fetchHttpClient}. */
export interface FetchHttpClientOptions {
  /** The URL of the API server, or of a proxy in front of it, with its path prefix. No slash at its end. */
  readonly server: string;
  /**
   * The headers of every request, such as `authorization`: a plain record of texts. The function is called for each
   * request. Default none.
   */
  readonly headers?: (() => Readonly<Record<string, string>> | Headers) | undefined;
  /** The function that sends requests. Default the platform's `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * The time that a request may be silent before it fails with Idle, in milliseconds from 0 on; `Infinity` for never.
   * Default 90 s, as in `kuberx/rest` over HTTP/1.1: longer than the 60 s that a server grants a plain request, and
   * than the minute between two bookmarks. A watch with less traffic is opened again from its version.
   */
  readonly silenceTimeout?: number | undefined;
  /** The scheduler of that time. Default `asyncScheduler`. */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * An HTTP client over `fetch`, for browsers and similar runtimes. TLS and connections are the platform's. The platform
 * does not tell whether a silent connection lives, and a proxy may keep a dead stream open, so silence has a deadline:
 * `Idle`. Every other failure is the `KubeError` Network, because `fetch` does not tell why a connection failed. If
 * `headers` throws or returns invalid headers, the error is Credentials.
 *
 * Throws a RangeError for a deadline out of range, and a TypeError for a server with a user name or a password in it:
 * no `fetch` takes such a URL, and its error would quote the password.
 *
 * ```ts
 * const http = fetchHttpClient({ server: 'http://localhost:8001' });
 * getJson(http, '/version').subscribe(render);
 * ```
 */
export function fetchHttpClient(options: FetchHttpClientOptions): HttpClient {
  const { server, silenceTimeout = 90_000, scheduler = asyncScheduler } = options;
  if (hasPassword(server)) throw new TypeError('server has a user name or a password in it. Nothing was sent.');
  checkedPeriod('silenceTimeout', silenceTimeout);
  function send(request: HttpRequest): Observable<HttpEvent> {
    const response$ = responseTo(request, options);
    if (silenceTimeout > longestTimer) return response$;
    const silent = (): KubeError => idle(request, silenceTimeout);
    return response$.pipe(silenceGuard(() => silenceTimeout, silent, scheduler));
  }
  // A URL without a scheme is a path of the page's own server.
  return Object.assign(send, { host: URL.canParse(server) ? new URL(server).origin : 'the server of this page' });
}

// The platform reports an invalid URL. A path of the page's own server may have the character in it.
function hasPassword(server: string): boolean {
  const url = URL.parse(server);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.username !== '' || url.password !== '';
  return server.includes('@') && !/^\/(?![/\\])/.test(server);
}

function responseTo(
  request: HttpRequest,
  { server, headers, fetch = globalThis.fetch }: FetchHttpClientOptions,
): Observable<HttpEvent> {
  return new Observable((subscriber) => {
    const own = askedHeaders(request.resource, headers);
    const abort = new AbortController();
    const fail = (cause: unknown) => subscriber.error(networkError(request, cause));
    // The given `fetch` or its response may be invalid. An error thrown in a promise would reach nobody.
    const read = (reader: ReadableStreamDefaultReader<Uint8Array>): void => {
      const take = guarded(({ done, value }: Awaited<ReturnType<typeof reader.read>>) => {
        if (done) subscriber.complete();
        else subscriber.next({ type: 'chunk', bytes: value });
        if (!subscriber.closed) read(reader);
      }, fail);
      reader.read().then(take, fail);
    };
    const begin = guarded((response: Response) => {
      // A browser hides the status of a redirect that it does not follow, and gives 0.
      const status = response.type === 'opaqueredirect' ? 302 : response.status;
      subscriber.next({ type: 'head', status, header: (name) => response.headers.get(name) ?? undefined });
      if (response.body === null) subscriber.complete();
      else if (!subscriber.closed) read(response.body.getReader());
    }, fail);
    const send = guarded(() => {
      fetch(server + unprinted(request.path, userAgent()), {
        method: request.method,
        headers: { ...own, ...request.headers },
        redirect: 'manual',
        signal: abort.signal,
        ...(request.body !== undefined && { body: request.body }),
      }).then(begin, fail);
    }, fail);
    send();
    return () => abort.abort();
  });
}

/** The `User-Agent` of the platform's requests, if it tells; a page cannot change it. */
function userAgent(): string | undefined {
  return (globalThis as { readonly navigator?: { readonly userAgent?: string } }).navigator?.userAgent;
}

function networkError({ resource, method }: HttpRequest, cause: unknown): KubeError {
  return new KubeError({ reason: 'Network', resource, message: `the ${method} request failed`, cause });
}

function idle({ resource }: HttpRequest, silence: number): KubeError {
  return new KubeError({ reason: 'Idle', resource, message: `the connection was silent for ${silence / 1000} s` });
}
