import type { Socket } from 'node:net';
import { type Observable, Subject, takeUntil } from 'rxjs';
import type { WebSocket } from 'ws';
import type { SentStream, StreamEnd } from '../requests/request-service.ts';
import { resetSocket } from './reset-socket.ts';
import { SlicedText } from './sliced-text.ts';

/** How many bytes may wait in the socket before the next frame is made. */
const maxWaiting = 64 * 1024;

/** The code of a stream whose time is over, or whose server stops, as of a kube-apiserver. */
const normalClosure = 1000;

/** What a {@link WebSocketStream} needs of the request that it answers. */
export interface WebSocketStreamOptions {
  readonly socket: Socket;
  readonly batches$: Observable<Iterable<string>>;
  /** How many batches a client may be behind. */
  readonly buffer: number;
  /** Called when the watch is there: opens the WebSocket, or refuses it, and does not call back then. */
  readonly open: (opened: (webSocket: WebSocket) => void) => void;
  /** The request has failed before its first batch, and is yet to be answered. */
  readonly onError: (error: unknown) => void;
}

/**
 * Sends a watch over a WebSocket: each event is a text frame, its line feed included. A client that is more than `buffer`
 * batches behind gets what is held for it, in order, and then the end.
 */
export class WebSocketStream implements SentStream {
  readonly #socket: Socket;
  readonly #lines = new SlicedText();
  readonly #ended$ = new Subject<void>();
  #webSocket: WebSocket | undefined;
  #isOpening = false;
  #blocked = false;
  #ending = false;
  #closed = false;

  constructor({ socket, batches$, buffer, open, onError }: WebSocketStreamOptions) {
    this.#socket = socket;
    const start = (): void => {
      if (this.#isOpening) return;
      this.#isOpening = true;
      open((webSocket) => this.#opened(webSocket));
    };
    batches$.pipe(takeUntil(this.#ended$)).subscribe({
      next: (batch) => {
        this.#lines.push(batch);
        start();
        this.#send();
        if (this.#lines.waiting > buffer) this.end('clean');
      },
      error: onError,
      complete: () => {
        if (this.#closed) return;
        this.#ending = true;
        start();
        this.#send();
      },
    });
  }

  /** False once nothing new is taken, though what is held may still be on its way. */
  get open(): boolean {
    return !this.#ending && !this.#closed;
  }

  end(how: StreamEnd): void {
    if (how === 'reset') {
      this.close();
      resetSocket(this.#socket);
      return;
    }
    if (how === 'mid-line' && !this.#ending) this.#lines.push(['{"type":"MODIFIED","object":{"kind":']);
    this.#ended$.next();
  }

  /** Stops without a word, as when the client has gone. */
  close(): void {
    this.#closed = true;
    this.#ended$.next();
  }

  #opened(webSocket: WebSocket): void {
    this.#webSocket = webSocket;
    // What a client does wrong closes its own connection, with the code that says so.
    webSocket.on('error', () => undefined).once('close', () => this.close());
    webSocket.on('ping', (data) => {
      // A client that asks and does not read would fill the memory with answers.
      if (webSocket.bufferedAmount <= maxWaiting) webSocket.pong(data, undefined, () => undefined);
    });
    this.#send();
  }

  /** What is sent within one turn goes out in one write: a frame of its own for each event costs more than to make it. */
  #cork(): void {
    if (this.#socket.writableCorked > 0) return;
    this.#socket.cork();
    process.nextTick(() => this.#socket.uncork());
  }

  #send(): void {
    const webSocket = this.#webSocket;
    if (webSocket === undefined || this.#closed) return;
    this.#cork();
    while (!this.#blocked) {
      const line = this.#lines.nextText();
      if (line === undefined) break;
      this.#blocked = webSocket.bufferedAmount > maxWaiting;
      webSocket.send(line, () => {
        if (!this.#blocked || webSocket.bufferedAmount > maxWaiting) return;
        // A write that the system takes at once ends within this turn, which others wait for.
        setImmediate(() => {
          this.#blocked = false;
          this.#send();
        });
      });
    }
    if (this.#ending && !this.#blocked) webSocket.close(normalClosure);
  }
}
