import { asyncScheduler, Observable, type SchedulerLike, throwError, timeout } from 'rxjs';
import { KubeError } from '../protocol/kube-error.ts';
import type { HttpClient, HttpEvent, HttpRequest } from './http-client.ts';

/** Options of {@link fetchHttpClient}. */
export interface FetchHttpClientOptions {
  /** The URL of the API server or of a proxy before it, with its path prefix if it has one. No slash at its end. */
  readonly server: string;
  /** Headers of every request, asked for at each one, such as `authorization`. Default none. */
  readonly headers?: (() => Readonly<Record<string, string>>) | undefined;
  /** Default the platform's `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * How long a request may be silent before it fails with Idle, in milliseconds from 0 on; `Infinity` for never. Default 90 s,
   * as of `kuberx/rest` over HTTP/1.1: above the 60 s that a server grants a plain request, and the minute between two
   * bookmarks. A watch in which less happens is opened again from its version.
   */
  readonly silenceTimeout?: number | undefined;
  /** Where that is timed. Default `asyncScheduler`. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** A timer beyond this fires at once. Source: the HTML standard, a signed 32-bit count. */
const longestTimer = 2 ** 31 - 1;

/**
 * An HTTP client over `fetch`, for browsers and runtimes like them. TLS and connections are the platform's, which does not
 * tell whether one that is silent lives: a proxy may keep a dead stream open. So silence has a deadline. `fetch` does not
 * tell why a connection failed either: every other failure is the `KubeError` Network; `headers` that throws is Credentials.
 *
 * Throws a RangeError on a deadline out of range.
 */
export function fetchHttpClient(options: FetchHttpClientOptions): HttpClient {
  const { silenceTimeout = 90_000, scheduler = asyncScheduler } = options;
  if (!(typeof silenceTimeout === 'number' && silenceTimeout >= 0))
    throw new RangeError(
      `silenceTimeout is ${String(silenceTimeout)}; it takes milliseconds from 0 on (Infinity for never).`,
    );
  return (request) => {
    const response$ = responseTo(request, options);
    if (silenceTimeout > longestTimer) return response$;
    return response$.pipe(
      timeout({ each: silenceTimeout, scheduler, with: () => throwError(() => idle(request, silenceTimeout)) }),
    );
  };
}

function responseTo(
  request: HttpRequest,
  { server, headers, fetch = globalThis.fetch }: FetchHttpClientOptions,
): Observable<HttpEvent> {
  return new Observable((subscriber) => {
    const own = askHeaders(request, headers);
    const abort = new AbortController();
    const fail = (cause: unknown) => subscriber.error(networkError(request, cause));
    const read = (reader: ReadableStreamDefaultReader<Uint8Array>): void => {
      reader.read().then(({ done, value }) => {
        if (done) subscriber.complete();
        else subscriber.next({ type: 'chunk', bytes: value });
        if (!subscriber.closed) read(reader);
      }, fail);
    };
    fetch(server + request.path, {
      method: request.method,
      headers: { ...own, ...request.headers },
      redirect: 'manual',
      signal: abort.signal,
      ...(request.body !== undefined && { body: request.body }),
    }).then((response) => {
      // A browser hides the status of a redirect that it does not follow: 0 stands for it.
      const status = response.type === 'opaqueredirect' ? 302 : response.status;
      subscriber.next({ type: 'head', status, header: (name) => response.headers.get(name) ?? undefined });
      if (response.body === null) subscriber.complete();
      else if (!subscriber.closed) read(response.body.getReader());
    }, fail);
    return () => abort.abort();
  });
}

function askHeaders(
  { resource }: HttpRequest,
  headers: FetchHttpClientOptions['headers'],
): Readonly<Record<string, string>> {
  let own: Readonly<Record<string, string>>;
  try {
    own = headers?.() ?? {};
  } catch (cause) {
    throw new KubeError({ reason: 'Credentials', resource, message: 'the headers of the request failed', cause });
  }
  if (!(own instanceof Promise)) return own;
  // A promise has no headers of its own, and the request would go out without them.
  own.catch(() => undefined);
  const message = 'the headers of the request are a promise, and have to be there when they are asked for';
  throw new KubeError({ reason: 'Credentials', resource, message });
}

function networkError({ resource, method }: HttpRequest, cause: unknown): KubeError {
  return new KubeError({ reason: 'Network', resource, message: `the ${method} request failed`, cause });
}

function idle({ resource }: HttpRequest, silence: number): KubeError {
  return new KubeError({ reason: 'Idle', resource, message: `the connection was silent for ${silence / 1000} s` });
}
