import http from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import { Observable } from 'rxjs';
import { KubeError } from '../../protocol/errors/kube-error.ts';
import { SilenceTimer } from '../../streams/time/silence-timer.ts';
import type { HttpEvent } from '../../transport/request/http-client.ts';
import { type Deadlines, tcpKeepAlive } from './connection-options.ts';
import { type Endpoint, hostOf, portOf, serverIdentity } from './endpoint.ts';
import { limitHandshake } from './handshake-timeout.ts';
import { connectTimeout, networkError } from './network-error.ts';
import { type Arrival, onBytes } from './on-bytes.ts';
import type { SentRequest } from './sent-request.ts';
import { nodeTimers } from './node-timers.ts';

/**
 * Sends a request over HTTP/1.1 through an agent. A read over a kept connection that the server has just closed is sent
 * once more. Unsubscribing closes the connection, unless a proxy has not answered for it yet: then the connect deadline
 * closes it. The errors are `KubeError`s: ConnectionRefused, ConnectTimeout, Network, and Idle after silence.
 */
export function http1Request(
  agent: http.Agent,
  endpoint: Endpoint,
  request: SentRequest,
  { connectTimeout: connectLimit, handshakeTimeout, silenceTimeout }: Deadlines,
): Observable<HttpEvent> {
  const { resource } = request;
  return new Observable((subscriber) => {
    let sent: http.ClientRequest | undefined;
    let body: Arrival | undefined;
    const fail = (error: Error): void => {
      const tell = (): void => subscriber.error(networkError(resource, endpoint, error));
      if (body === undefined) tell();
      else body.after(tell);
    };
    const silent = (): void => {
      const message = `the connection was silent for ${silenceTimeout / 1000} s`;
      subscriber.error(new KubeError({ reason: 'Idle', resource, message }));
    };
    const silence = new SilenceTimer(() => silenceTimeout, silent, nodeTimers);
    const deadline = setTimeout(() => subscriber.error(connectTimeout(resource, endpoint)), connectLimit);

    const send = (isAgain: boolean): void => {
      const { request: open } = endpoint.server.protocol === 'https:' ? https : http;
      const asked = open({ ...requestOptions(endpoint, request), agent });
      sent = asked;
      asked.on('socket', (socket) => {
        socket.setKeepAlive(true, tcpKeepAlive);
        if (socket instanceof TLSSocket) subscriber.add(limitHandshake(socket, handshakeTimeout, fail));
      });
      // The system has taken the request, so there is a connection.
      asked.on('finish', () => clearTimeout(deadline));
      asked.on('error', (error) => {
        const isStale = asked.reusedSocket && body === undefined && request.method === 'GET';
        if (isStale && !isAgain && !subscriber.closed) send(true);
        else fail(error);
      });
      asked.on('upgrade', (_response, socket) => {
        socket.destroy();
        fail(new Error('it switched to another protocol'));
      });
      asked.on('response', (response) => {
        clearTimeout(deadline);
        silence.hear();
        const arrival = onBytes(response, (bytes) => {
          silence.hear();
          subscriber.next({ type: 'chunk', bytes });
        });
        body = arrival;
        subscriber.add(() => arrival.stop());
        response.on('error', fail);
        response.on('end', () => arrival.after(() => subscriber.complete()));
        subscriber.next({ type: 'head', status: response.statusCode ?? 0, header: headerOf(response.headers) });
      });
      asked.end(request.body);
    };
    subscriber.add(() => {
      clearTimeout(deadline);
      silence.stop();
      sent?.destroy();
    });
    silence.start();
    try {
      send(false);
    } catch (error) {
      // The platform does not send an invalid request, such as one with a blank in its path.
      subscriber.error(networkError(resource, endpoint, error));
    }
  });
}

/** Reads headers in Node's form. */
export function headerOf(headers: http.IncomingHttpHeaders): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
}

function requestOptions(endpoint: Endpoint, { method, path, headers, body }: SentRequest): https.RequestOptions {
  return {
    ...endpoint.tls,
    servername: serverIdentity(endpoint).servername,
    host: hostOf(endpoint),
    port: portOf(endpoint),
    method,
    path,
    headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
  };
}
