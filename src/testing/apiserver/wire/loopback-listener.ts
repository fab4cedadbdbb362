import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { resetSocket } from './reset-socket.ts';

/** How long an unused connection is kept, in milliseconds. Source: apiserver `server/secure_serving.go`, IdleTimeout. */
const idleTimeout = 90_000;

/** How long a client may take to read what is still due when the server stops, in milliseconds. */
const stopDeadline = 1000;

/** With what a server encrypts, PEM. */
export interface TlsIdentity {
  readonly key: string;
  /** Its certificate, and those that it is signed with. */
  readonly cert: string;
}

/** An HTTP/1.1 server on 127.0.0.1 that can be stopped, and started again on the same port. */
export class LoopbackListener {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port: number;

  /** `port`: 0 for a free one. With an identity it takes nothing but TLS. */
  constructor(handler: RequestListener, port: number, tls?: TlsIdentity) {
    this.#port = port;
    const options = { keepAliveTimeout: idleTimeout };
    this.#server =
      tls === undefined ? createServer(options, handler) : createTlsServer({ ...options, ...tls }, handler);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
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

  /** Takes no more connections; resolves when the last one is gone, which those still in use are given a second for. */
  async stop(): Promise<void> {
    if (!this.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const sweep = setInterval(() => this.#server.closeIdleConnections(), 10);
    const deadline = setTimeout(() => this.#server.closeAllConnections(), stopDeadline);
    await closed;
    clearInterval(sweep);
    clearTimeout(deadline);
    // The server is closed a moment before its last sockets are.
    await Promise.all(Array.from(this.#sockets, (socket) => once(socket, 'close')));
  }
}
