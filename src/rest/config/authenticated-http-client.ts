import { catchError, type Observable, switchMap, tap, throwError } from 'rxjs';
import type { HttpClient, HttpEvent, HttpRequest } from '../../transport/request/http-client.ts';
import { withoutEndSlashes } from '../../transport/request/without-end-slashes.ts';
import { type ConnectionOptions, deadlines } from '../connection/connection-options.ts';
import { requestOver } from '../connection/connections.ts';
import type { CredentialsAsker } from './credentials-asker.ts';
import type { Credentials } from './credentials.ts';

/**
 * An HTTP client that asks for credentials at each request, and once more after a 401. Credentials go to their server
 * alone, because no redirect is followed. All clients in this process with the same server and the same TLS settings
 * share their connections.
 *
 * Throws a RangeError for a deadline out of range, and a TypeError for an unknown deadline.
 */
export function authenticatedHttpClient(asker: CredentialsAsker, options: ConnectionOptions): HttpClient {
  const limits = deadlines(options);

  function ask(resource: string, refused?: Credentials): Observable<Credentials> {
    return asker.ask(resource, limits.credentialsTimeout, refused);
  }

  function send({ endpoint, headers }: Credentials, request: HttpRequest): Observable<HttpEvent> {
    const path = withoutEndSlashes(endpoint.server.pathname) + request.path;
    const all = { 'user-agent': 'kuberx', ...request.headers, ...headers };
    return requestOver(endpoint, { ...request, path, headers: all }, limits);
  }

  function sendUnlessRefused(credentials: Credentials, request: HttpRequest): Observable<HttpEvent> {
    return send(credentials, request).pipe(
      tap((event) => {
        if (event.type === 'head' && event.status === 401) throw new Refused(credentials);
      }),
    );
  }

  function exchange(request: HttpRequest): Observable<HttpEvent> {
    return ask(request.resource).pipe(
      switchMap((credentials) => sendUnlessRefused(credentials, request)),
      catchError((error: unknown) =>
        error instanceof Refused
          ? ask(request.resource, error.credentials).pipe(switchMap((fresh) => send(fresh, request)))
          : throwError(() => error as Error),
      ),
    );
  }
  return Object.defineProperty(exchange, 'host', { get: () => asker.host });
}

/** The server answered 401 to these credentials, for the first time in this request. */
class Refused extends Error {
  readonly credentials: Credentials;

  constructor(credentials: Credentials) {
    super();
    this.credentials = credentials;
  }
}
