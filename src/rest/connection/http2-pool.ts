import type { TLSSocket } from 'node:tls';
import { Observable, type Subscriber } from 'rxjs';
import type { Deadlines } from './connection-options.ts';
import { dial } from './dial.ts';
import type { Endpoint } from './endpoint.ts';
import { HandshakeTimeout } from './handshake-timeout.ts';
import { Http2Session } from './http2-session.ts';

// The number of streams that a server takes by default. If more requests wait, a further connection is dialled for
// them.
const requestsPerDial = 100;

/**
 * The HTTP/2 connections to one endpoint. Requests share one up to the number of streams that the server allows; then
 * another is opened.
 */
export class Http2Pool {
  readonly #endpoint: Endpoint;
  readonly #deadlines: Deadlines;
  readonly #onhttp1: (socket: TLSSocket | undefined) => void;
  readonly #sessions = new Set<Http2Session>();
  /** The functions that give up the connections that are being made. */
  readonly #dials = new Set<() => void>();
  readonly #waiting = new Set<Subscriber<Http2Session | undefined>>();

  /** `onhttp1` gets a socket on which the server chose HTTP/1.1, or `undefined` where the platform cannot speak HTTP/2 to it. */
  constructor(endpoint: Endpoint, deadlines: Deadlines, onhttp1: (socket: TLSSocket | undefined) => void) {
    this.#endpoint = endpoint;
    this.#deadlines = deadlines;
    this.#onhttp1 = onhttp1;
  }

  /**
   * Emits a connection with room for one request, to be sent at once, or `undefined` if HTTP/1.1 is spoken with
   * the server. Errors with the platform's error. When no subscriber waits any more, the connections that are being made are
   * given up.
   */
  session(): Observable<Http2Session | undefined> {
    return new Observable((subscriber) => {
      this.#waiting.add(subscriber);
      this.#serve();
      return () => {
        this.#waiting.delete(subscriber);
        if (this.#waiting.size === 0) for (const giveUp of this.#dials) giveUp();
      };
    });
  }

  /** Closes all connections and breaks off their requests. */
  destroy(): void {
    for (const session of this.#sessions) session.destroy();
  }

  #serve(): void {
    for (const waiting of this.#waiting) {
      const session = [...this.#sessions].find(({ hasRoom }) => hasRoom);
      if (session === undefined) break;
      this.#waiting.delete(waiting);
      waiting.next(session);
      waiting.complete();
    }
    while (this.#dials.size * requestsPerDial < this.#waiting.size) this.#dial();
  }

  #dial(): void {
    let close: () => void;
    let handshake: NodeJS.Timeout | undefined;
    const settled = (): boolean => {
      clearTimeout(deadline);
      clearTimeout(handshake);
      return this.#dials.delete(giveUp);
    };
    const giveUp = () => {
      settled();
      close();
    };
    const failed = (error: unknown) => {
      if (settled()) this.#settle((waiting) => waiting.error(error));
    };
    // The requests that waited from the start time out now. Others may have come meanwhile and would wait in vain.
    const early = new Set(this.#waiting);
    const deadline = setTimeout(() => {
      giveUp();
      if ([...this.#waiting].some((each) => !early.has(each))) this.#serve();
    }, this.#deadlines.connectTimeout);
    this.#dials.add(giveUp);
    // Waits until the server takes requests: TLS may be done and nothing follow.
    const reached = () => {
      const { handshakeTimeout } = this.#deadlines;
      handshake = setTimeout(() => {
        failed(new HandshakeTimeout(handshakeTimeout));
        close();
      }, handshakeTimeout);
    };
    close = dial(this.#endpoint, {
      reached,
      failed,
      connected: (socket) => {
        if (socket.alpnProtocol !== 'h2') {
          if (settled()) this.#speakHttp1(socket);
          return;
        }
        try {
          const session = this.#greet(socket, settled, failed);
          close = () => session.destroy();
        } catch (error) {
          // Thrown in a listener of the socket, it would end the process. Deno 2.9 cannot begin HTTP/2 with an IP address.
          if (socket.destroyed) failed(error);
          else if (settled()) this.#speakHttp1(undefined);
          socket.on('error', () => undefined).destroy();
        }
      },
    });
  }

  #speakHttp1(socket: TLSSocket | undefined): void {
    this.#onhttp1(socket);
    this.#settle((waiting) => {
      waiting.next(undefined);
      waiting.complete();
    });
  }

  #greet(socket: TLSSocket, settled: () => boolean, failed: (error: unknown) => void): Http2Session {
    const session = new Http2Session(this.#endpoint.server.origin, socket, this.#deadlines, {
      ready: () => {
        if (settled()) this.#sessions.add(session);
        this.#serve();
      },
      freed: () => this.#serve(),
      retired: (error) => {
        this.#sessions.delete(session);
        failed(error);
      },
    });
    return session;
  }

  #settle(tell: (waiting: Subscriber<Http2Session | undefined>) => void): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    waiting.forEach(tell);
  }
}
