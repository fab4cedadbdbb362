import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { bodyTimeout } from './body-text.ts';
import type { TlsIdentity } from './certificate-authority.ts';
import { refuseConnection } from './refuse-connection.ts';
import { resetSocket } from './reset-socket.ts';

/** How long an unused connection is kept, in milliseconds. Source: apiserver `server/secure_serving.go`, IdleTimeout. */
const idleTimeout = 90_000;

/** How long a client may take to read what is still due when the server stops, in milliseconds. */
const stopDeadline = 900;

/**
 * How long a client may take for TLS, and for the head of a request, in milliseconds. Source: apiserver
 * `server/secure_serving.go`, ReadHeaderTimeout.
 */
const headTimeout = 32_000;

/** The longest head of a request, URL included, in bytes. Source: Go's `net/http`, DefaultMaxHeaderBytes. */
const maxHeadBytes = 1024 * 1024;

/** Of a connection of HTTP/2. Source: apiserver `server/secure_serving.go`, and what a kube-apiserver says. */
const http2Settings = {
  maxConcurrentStreams: 100,
  initialWindowSize: 256 * 1024,
  maxFrameSize: 256 * 1024,
  maxHeaderListSize: maxHeadBytes,
  enablePush: false,
};

/** In MB. Node's 10 are less than what a hundred streams may hold for clients that read slowly. */
const maxSessionMemory = 256;

/** What a {@link LoopbackListener} does with what comes. */
export interface WireHandlers {
  readonly request: RequestListener;
  /** A request that asks for another protocol, and the bytes that came behind it. */
  readonly upgrade: (message: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Whether a request for another protocol goes to `upgrade`; the others are answered as if they had not asked. */
  readonly upgrades: (message: IncomingMessage) => boolean;
  /** A request for a tunnel: the socket over HTTP/1.1, the response over HTTP/2. */
  readonly connect: (message: IncomingMessage, answer: Duplex | Http2ServerResponse) => void;
}

/** How a {@link LoopbackListener} listens. */
export interface ListenerOptions {
  /** 0 for a free one. */
  readonly port?: number;
  /** With it nothing but TLS is taken. */
  readonly tls?: TlsIdentity | undefined;
  /** The certificate of an authority whose clients are known by theirs, PEM. Default: no client is asked for one. */
  readonly clientCa?: string | undefined;
  /** HTTP/2 beside HTTP/1.1; over TLS only. Default: true. */
  readonly http2?: boolean | undefined;
  /** In milliseconds. Default: {@link headTimeout}. */
  readonly headTimeout?: number;
}

/** A server on 127.0.0.1 that can be stopped, and started again on the same port. */
export class LoopbackListener {
  readonly #server: Server | Http2SecureServer;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();
  #port: number;

  constructor(handlers: WireHandlers, options: ListenerOptions = {}) {
    this.#port = options.port ?? 0;
    this.#server = serverOf(handlers.request, options);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    if (options.tls !== undefined) this.#limitHandshakes(options.headTimeout ?? headTimeout);
    this.#server.on('session', (session: ServerHttp2Session) => this.#hold(session));
    this.#server.on('upgrade', handlers.upgrade).on('connect', handlers.connect);
    this.#server.on('clientError', refuseConnection);
    // Set here and not among the options, where a server of both protocols does not look for it.
    Object.assign(this.#server, { shouldUpgradeCallback: handlers.upgrades, maxHeadersCount: 0 });
  }

  get port(): number {
    return this.#port;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  get listening(): boolean {
    return this.#server.listening;
  }

  /** Rejects where the port is taken. */
  async start(): Promise<void> {
    if (this.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Breaks every connection, as when the process is killed. */
  reset(): void {
    for (const socket of this.#sockets) resetSocket(socket);
  }

  /**
   * Takes no more connections, and no more requests on those of HTTP/2 (GOAWAY). Resolves when the last connection is
   * gone, which those still in use are given a second for.
   */
  async stop(): Promise<void> {
    if (!this.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const session of this.#sessions) session.close();
    // The types of a server of both protocols lack what it has.
    const server = this.#server as Server;
    const sweep = setInterval(() => server.closeIdleConnections(), 10);
    const deadline = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, stopDeadline);
    // Not until then: connections that switched to another protocol do not keep a server open.
    // `once` of node:events would reject where the other side resets one of them.
    await Promise.all(Array.from(this.#sockets, (socket) => new Promise((gone) => socket.once('close', gone))));
    await closed;
    clearInterval(sweep);
    clearTimeout(deadline);
  }

  /** Node's own limit begins with the first byte of a handshake, which may never come. */
  #limitHandshakes(limit: number): void {
    // Of a connection, the socket and its encrypted form have the port of the client in common.
    const deadlines = new Map<number | undefined, NodeJS.Timeout>();
    const settle = (port: number | undefined): void => {
      clearTimeout(deadlines.get(port));
      deadlines.delete(port);
    };
    this.#server.on('connection', (socket: Socket) => {
      const { remotePort } = socket;
      deadlines.set(
        remotePort,
        setTimeout(() => socket.destroy(), limit),
      );
      socket.once('close', () => settle(remotePort));
    });
    this.#server.on('secureConnection', ({ remotePort }: Socket) => settle(remotePort));
  }

  /** Keeps a connection of HTTP/2 until it has had no request for a while. */
  #hold(session: ServerHttp2Session): void {
    let streams = 0;
    this.#sessions.add(session);
    session.on('stream', (stream) => {
      streams += 1;
      stream.once('close', () => (streams -= 1));
    });
    session.on('error', () => undefined).once('close', () => this.#sessions.delete(session));
    session.setTimeout(idleTimeout, () => {
      if (streams === 0) session.close();
    });
  }
}

function serverOf(request: RequestListener, options: ListenerOptions): Server | Http2SecureServer {
  const { tls, clientCa, http2 = true, headTimeout: headersTimeout = headTimeout } = options;
  const common: ServerOptions = {
    keepAliveTimeout: idleTimeout,
    headersTimeout,
    requestTimeout: bodyTimeout,
    connectionsCheckingInterval: Math.min(headersTimeout, 1000),
    maxHeaderSize: maxHeadBytes,
    noDelay: true,
  };
  if (tls === undefined) return createServer(common, request);
  const secure = {
    ...common,
    ...tls,
    // Asked for and looked at, as a kube-apiserver does: a stranger's is answered with 401.
    ...(clientCa !== undefined && { requestCert: true, rejectUnauthorized: false, ca: clientCa }),
  };
  if (!http2) return createTlsServer(secure, request);
  const settings = { settings: http2Settings, maxSessionMemory, maxHeaderListPairs: 10_000 };
  // What answers uses those parts of a request and a response that both protocols have in Node.
  const both = request as unknown as Parameters<typeof createSecureServer>[1];
  const server = createSecureServer({ ...secure, ...settings, allowHTTP1: true }, both);
  // Node does not take these of the options where a server speaks both.
  return Object.assign(server, { headersTimeout, requestTimeout: bodyTimeout, keepAliveTimeout: idleTimeout });
}
