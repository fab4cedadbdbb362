import type { KubeConfig } from '@kubernetes/client-node';
import { catchError, defer, from, type Observable, switchMap, tap, throwError } from 'rxjs';
import type { HttpClient, HttpEvent, HttpRequest } from '../transport/http-client.ts';
import { type ConnectionOptions, deadlines } from './connection-options.ts';
import { requestOver } from './connections.ts';
import { type Credentials, CredentialsAsker } from './credentials.ts';

const askers = new WeakMap<KubeConfig, Map<string, CredentialsAsker>>();

/**
 * An HTTP client for the cluster of a kubeconfig's current context. Connections are shared by all clients of one server
 * in this process. Credentials are asked for at each request, and once more after a 401; they go to that server alone,
 * because no redirect is followed. Connections and files are touched at the first request, not before.
 *
 * Throws a RangeError on a deadline out of range, and a TypeError for what is no KubeConfig.
 */
export function kubeHttpClient(kubeConfig: KubeConfig, options: ConnectionOptions = {}): HttpClient {
  const asker = askerOf(kubeConfig);
  const limits = deadlines(options);

  function ask(resource: string, refused?: Credentials): Observable<Credentials> {
    return defer(() => from(asker.ask(resource, refused)));
  }

  function send({ endpoint, headers }: Credentials, request: HttpRequest): Observable<HttpEvent> {
    const path = endpoint.server.pathname.replace(/\/$/, '') + request.path;
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

  return (request) =>
    ask(request.resource).pipe(
      switchMap((credentials) => sendUnlessRefused(credentials, request)),
      catchError((error: unknown) =>
        error instanceof Refused
          ? ask(request.resource, error.credentials).pipe(switchMap((fresh) => send(fresh, request)))
          : throwError(() => error as Error),
      ),
    );
}

/** The server answered 401 to these credentials, for the first time in this request. */
class Refused extends Error {
  readonly credentials: Credentials;

  constructor(credentials: Credentials) {
    super();
    this.credentials = credentials;
  }
}

function askerOf(kubeConfig: KubeConfig): CredentialsAsker {
  const given = kubeConfig as Partial<KubeConfig> | null | undefined;
  if (typeof given?.getCurrentCluster !== 'function')
    throw new TypeError(
      `a KubeConfig of @kubernetes/client-node is needed, not ${given === null ? 'null' : typeof given}`,
    );
  const ofContexts = askers.get(kubeConfig) ?? new Map<string, CredentialsAsker>();
  askers.set(kubeConfig, ofContexts);
  const asker = ofContexts.get(kubeConfig.currentContext) ?? new CredentialsAsker(kubeConfig);
  ofContexts.set(kubeConfig.currentContext, asker);
  return asker;
}
