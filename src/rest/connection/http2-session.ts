import http2 from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Deadlines } from './connection-options.ts';
import { SilenceTimer } from '../../streams/time/silence-timer.ts';
import { nodeTimers } from './node-timers.ts';

// As in Go's client: windows that never slow a list down.
const streamWindow = 4 * 1024 * 1024;
const sessionWindow = 1024 * 1024 * 1024;
// The session memory in MB above which Node refuses streams. The data of a hundred lists counts.
const maxSessionMemory = 1024;
// The server's default, apiserver's --http2-max-streams-per-connection, and the most that a client may assume.
const usualStreams = 100;

/** The callbacks of a session. */
export interface Http2SessionObserver {
  /** The server takes requests, for the first time or again. */
  readonly ready: () => void;
  /** A request has ended: there is room for another. */
  readonly freed: () => void;
  /**
   * It takes no more requests: it is closed, or the server has announced its end (GOAWAY). Running requests may go on.
   */
  readonly retired: (error: unknown) => void;
}

/** One HTTP/2 connection. It knows how many requests it carries, whether it lives, and when it is no longer needed. */
export class Http2Session {
  /** The reason why the connection was given up, if it was silence. */
  idleFor: number | undefined;
  readonly #session: http2.ClientHttp2Session;
  readonly #socket: TLSSocket;
  readonly #observer: Http2SessionObserver;
  readonly #silence: SilenceTimer;
  readonly #deadlines: Deadlines;
  #capacity = 0;
  #active = 0;
  #idle: NodeJS.Timeout | undefined;
  #isRetired = false;

  constructor(origin: string, socket: TLSSocket, deadlines: Deadlines, observer: Http2SessionObserver) {
    this.#deadlines = deadlines;
    this.#socket = socket;
    this.#observer = observer;
    this.#silence = new SilenceTimer(
      () => deadlines.pingAfter,
      () => this.#ping(),
      nodeTimers,
    );
    this.#session = http2.connect(origin, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: streamWindow },
      maxSessionMemory,
    });
    let failure: unknown;
    this.#session.once('connect', () => {
      // Called a turn later, when the connection may have been given up.
      if (!this.#session.destroyed) this.#session.setLocalWindowSize(sessionWindow);
    });
    this.#session.on('remoteSettings', ({ maxConcurrentStreams = usualStreams }: http2.Settings) => {
      this.#capacity = maxConcurrentStreams;
      if (maxConcurrentStreams > 0) observer.ready();
    });
    this.#session.on('error', (error: unknown) => {
      failure = error;
    });
    this.#session.on('goaway', () => this.#retire(failure));
    this.#session.on('close', () => {
      this.#silence.stop();
      clearTimeout(this.#idle);
      this.#retire(failure);
    });
  }

  /** True if a request may be sent. */
  get hasRoom(): boolean {
    return !this.#isRetired && !this.#session.closed && !this.#session.destroyed && this.#active < this.#capacity;
  }

  /** Sends a request. Call it only if it {@link hasRoom}. */
  request(headers: http2.OutgoingHttpHeaders, body: string | undefined): http2.ClientHttp2Stream {
    const stream = this.#session.request(headers, { endStream: body === undefined });
    this.#active += 1;
    if (this.#active === 1) {
      clearTimeout(this.#idle);
      this.#session.ref();
      this.#silence.start();
    }
    stream.on('response', () => this.touch()).once('close', () => this.#free()); // prettier-ignore
    if (body !== undefined) stream.end(body);
    return stream;
  }

  /** Reports a sign of life. The reader of a response calls it. */
  touch(): void {
    this.#silence.hear();
  }

  /** Closes the connection and breaks off its requests. */
  destroy(): void {
    this.#session.destroy();
    // A session waits for its current write, which never ends on a dead connection.
    this.#socket.destroy();
  }

  #free(): void {
    this.#active -= 1;
    if (this.#active === 0) {
      this.#silence.stop();
      this.#session.unref();
      this.#idle = setTimeout(() => this.#close(), this.#deadlines.idleTimeout).unref();
    }
    this.#observer.freed();
  }

  /** Announces its end, and closes the connection if no answer comes. */
  #close(): void {
    this.#session.close();
    this.#idle = setTimeout(() => this.destroy(), this.#deadlines.pingTimeout).unref();
  }

  #ping(): void {
    const { pingAfter, pingTimeout } = this.#deadlines;
    const deadline = setTimeout(() => {
      this.idleFor = pingAfter + pingTimeout;
      this.destroy();
    }, pingTimeout).unref();
    this.#session.ping((error) => {
      clearTimeout(deadline);
      if (error !== null) return;
      this.#silence.hear();
      if (this.#active > 0) this.#silence.start();
    });
  }

  #retire(error: unknown): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    this.#observer.retired(error);
  }
}
