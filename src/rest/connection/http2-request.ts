import http2 from 'node:http2';
import { catchError, Observable, of, retry, switchMap, throwError, timeout } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import type { HttpEvent } from '../../transport/request/http-client.ts';
import type { Deadlines } from './connection-options.ts';
import type { Endpoint } from './endpoint.ts';
import { headerOf } from './http1-request.ts';
import type { Http2Pool } from './http2-pool.ts';
import type { Http2Session } from './http2-session.ts';
import { connectTimeout, networkError } from './network-error.ts';
import { onBytes } from './on-bytes.ts';
import type { SentRequest } from './sent-request.ts';

const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = http2.constants;
// A server that shuts down refuses the requests that it has not begun. Its successor may do so too, but not for ever.
const maxRefusals = 3;

/**
 * Sends a request over one of the pool's connections, or through `http1` if the server speaks HTTP/1.1 only. A request
 * that the server refused unread is sent again on another connection. The errors are `KubeError`s: ConnectionRefused,
 * ConnectTimeout, Network, and Idle if the connection gave no sign of life.
 */
export function http2Request(
  pool: Http2Pool,
  endpoint: Endpoint,
  request: SentRequest,
  deadlines: Deadlines,
  http1: () => Observable<HttpEvent>,
): Observable<HttpEvent> {
  const { resource } = request;
  return pool.session().pipe(
    timeout({
      first: deadlines.connectTimeout,
      with: () => throwError(() => connectTimeout(resource, endpoint)),
    }),
    switchMap((session) => (session === undefined ? http1() : exchange(session, endpoint, request))),
    retry({
      count: maxRefusals,
      delay: (error: unknown) => (error instanceof StreamRefused ? of(true) : throwError(() => error as Error)),
    }),
    catchError((error: unknown) => throwError(() => networkError(resource, endpoint, error))),
  );
}

class StreamRefused extends Error {
  override readonly message = 'the server refuses requests';
}

function exchange(session: Http2Session, endpoint: Endpoint, request: SentRequest): Observable<HttpEvent> {
  return new Observable((subscriber) => {
    const stream = session.request(headersOf(endpoint, request), request.body);
    let hasHead = false;
    let isWhole = false;
    let failure: unknown;
    stream.on('response', (headers) => {
      hasHead = true;
      subscriber.next({ type: 'head', status: headers[':status'] ?? 0, header: headerOf(headers) });
    });
    const body = onBytes(stream, (bytes) => {
      session.touch();
      subscriber.next({ type: 'chunk', bytes });
    });
    stream.on('end', () => {
      // Node also ends a stream that it destroys. Only the server's own end comes before that.
      isWhole = hasHead && !stream.destroyed;
    });
    stream.on('error', (error: unknown) => {
      failure = error;
    });
    const end = (): void => {
      if (isWhole && stream.rstCode === NGHTTP2_NO_ERROR) subscriber.complete();
      else if (session.idleFor !== undefined) subscriber.error(idle(request.resource, session.idleFor));
      else if (stream.rstCode === NGHTTP2_REFUSED_STREAM && !hasHead) subscriber.error(new StreamRefused());
      else subscriber.error(failure);
    };
    stream.on('close', () => body.after(end));
    return () => {
      body.stop();
      stream.close(NGHTTP2_CANCEL);
    };
  });
}

function headersOf(endpoint: Endpoint, { method, path, headers }: SentRequest): http2.OutgoingHttpHeaders {
  return { ':method': method, ':path': path, ':authority': endpoint.server.host, ...headers };
}

function idle(resource: string, silence: number): KubeError {
  const message = `the connection gave no sign of life for ${silence / 1000} s`;
  return new KubeError({ reason: 'Idle', resource, message });
}
