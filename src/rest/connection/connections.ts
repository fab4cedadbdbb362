import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { defer, finalize, type Observable } from 'rxjs';
import type { HttpEvent } from '../../transport/request/http-client.ts';
import type { Deadlines } from './connection-options.ts';
import { type Endpoint, endpointKey, hostOf, portOf, serverIdentity } from './endpoint.ts';
import { gunzipped } from './gunzipped.ts';
import { http1Request } from './http1-request.ts';
import { Http2Pool } from './http2-pool.ts';
import { http2Request } from './http2-request.ts';
import type { SentRequest } from './sent-request.ts';

/** The connections to one endpoint, by protocol. */
interface Connections {
  readonly request: (request: SentRequest) => Observable<HttpEvent>;
  readonly destroy: () => void;
}

// One for each endpoint and set of deadlines in this process, so all caches share them.
const connections = new Map<string, Connections & { requests: number; idle?: NodeJS.Timeout }>();

/**
 * Sends a request over a shared connection: HTTP/2 or HTTP/1.1 as the server chooses, HTTP/1.1 to a plain `http:`
 * server. A gzip body is unpacked. Connections without requests are closed after a while, and keep no process alive.
 */
export function requestOver(endpoint: Endpoint, request: SentRequest, limits: Deadlines): Observable<HttpEvent> {
  const key = endpointKey(endpoint) + JSON.stringify(limits);
  return defer(() => {
    const entry = connections.get(key) ?? { ...open(endpoint, limits), requests: 0 };
    connections.set(key, entry);
    entry.requests += 1;
    clearTimeout(entry.idle);
    return entry.request(request).pipe(
      gunzipped(request.resource),
      finalize(() => {
        entry.requests -= 1;
        if (entry.requests > 0) return;
        entry.idle = setTimeout(() => {
          connections.delete(key);
          entry.destroy();
        }, limits.idleTimeout).unref();
      }),
    );
  });
}

function open(endpoint: Endpoint, limits: Deadlines): Connections {
  if (endpoint.server.protocol !== 'https:') return overPlainHttp(endpoint, limits);
  return overTls(endpoint, limits);
}

function overPlainHttp(endpoint: Endpoint, limits: Deadlines): Connections {
  const kept = { keepAlive: true, timeout: limits.idleTimeout };
  const { tunnel, server } = endpoint;
  if (tunnel === undefined) return overHttp1(new http.Agent(kept), endpoint, limits);
  const { forward } = tunnel;
  const connect = forward?.connect ?? ((signal) => tunnel.connect(hostOf(endpoint), portOf(endpoint), signal));
  const http1 = overHttp1(new TunnelAgent(kept, connect, limits), endpoint, limits);
  if (forward === undefined) return http1;
  return {
    ...http1,
    request: (request) =>
      http1.request({
        ...request,
        path: server.origin + request.path,
        headers: { host: server.host, ...forward.headers, ...request.headers },
      }),
  } satisfies Connections;
}

function overHttp1(agent: http.Agent, endpoint: Endpoint, limits: Deadlines): Connections {
  return {
    request: (request) => http1Request(agent, endpoint, request, limits),
    destroy: () => agent.destroy(),
  } satisfies Connections;
}

function overTls(endpoint: Endpoint, limits: Deadlines): Connections {
  const agent = new HandedOverAgent(endpoint, limits);
  const http1 = overHttp1(agent, endpoint, limits);
  let isHttp1 = false;
  const pool = new Http2Pool(endpoint, limits, (socket) => {
    isHttp1 = true;
    if (socket !== undefined) agent.handOver(socket);
  });
  return {
    request: (request) =>
      isHttp1 ? http1.request(request) : http2Request(pool, endpoint, request, limits, () => http1.request(request)),
    destroy: () => {
      http1.destroy();
      pool.destroy();
    },
  } satisfies Connections;
}

/** An agent whose connections go through a proxy. */
class TunnelAgent extends http.Agent {
  readonly #connect: (signal: AbortSignal) => Promise<Socket>;
  readonly #limit: number;

  constructor(
    options: http.AgentOptions,
    connect: (signal: AbortSignal) => Promise<Socket>,
    { connectTimeout }: Deadlines,
  ) {
    super(options);
    this.#connect = connect;
    this.#limit = connectTimeout;
  }

  override createConnection(...[, callback]: Parameters<http.Agent['createConnection']>): undefined {
    this.#connect(AbortSignal.timeout(this.#limit)).then(
      (socket) => callback?.(null, socket),
      (error: unknown) => callback?.(error as Error, undefined as never),
    );
  }
}

/** An agent whose first connections are the ones on which the server chose HTTP/1.1. */
class HandedOverAgent extends https.Agent {
  readonly #sockets: TLSSocket[] = [];
  readonly #endpoint: Endpoint;
  readonly #limit: number;

  constructor(endpoint: Endpoint, limits: Deadlines) {
    const kept = { keepAlive: true, timeout: limits.idleTimeout };
    super({ ...endpoint.tls, ...kept, ...serverIdentity(endpoint), ALPNProtocols: ['http/1.1'] });
    this.#endpoint = endpoint;
    this.#limit = limits.connectTimeout;
  }

  handOver(socket: TLSSocket): void {
    this.#sockets.push(socket);
  }

  override createConnection(...args: Parameters<https.Agent['createConnection']>): Duplex | null | undefined {
    const socket = this.#sockets.pop();
    if (socket?.destroyed === false) return socket;
    const { tunnel } = this.#endpoint;
    if (tunnel === undefined) return super.createConnection(...args);
    const [options, callback] = args;
    tunnel.connect(hostOf(this.#endpoint), portOf(this.#endpoint), AbortSignal.timeout(this.#limit)).then(
      (through) => callback?.(null, super.createConnection(Object.assign({}, options, { socket: through })) as Duplex),
      (error: unknown) => callback?.(error as Error, undefined as never),
    );
    return undefined;
  }

  override destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
    super.destroy();
  }
}
