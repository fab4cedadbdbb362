import { Observable } from 'rxjs';
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
}

/**
 * An HTTP client over `fetch`, for browsers and runtimes like them. TLS, connections and their liveness are the
 * platform's: a dead but open connection shows when the platform finds it, or when the reflector's idle guard does.
 * `fetch` does not tell why a connection failed, so every failure is the `KubeError` Network; `headers` that throws is Credentials.
 */
export function fetchHttpClient({ server, headers, fetch = globalThis.fetch }: FetchHttpClientOptions): HttpClient {
  return (request) =>
    new Observable<HttpEvent>((subscriber) => {
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
  try {
    return headers?.() ?? {};
  } catch (cause) {
    throw new KubeError({ reason: 'Credentials', resource, message: 'the headers of the request failed', cause });
  }
}

function networkError({ resource, method }: HttpRequest, cause: unknown): KubeError {
  return new KubeError({ reason: 'Network', resource, message: `the ${method} request failed`, cause });
}
