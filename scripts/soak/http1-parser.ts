/** The callbacks of {@link Http1Parser}. */
export interface Http1Observer {
  /** The head of a message, line feeds included. `isChunked`: the length of its body is not known. */
  readonly head: (head: string, isChunked: boolean) => void;
  /** A part of the body, without the framing of chunks. */
  readonly body: (bytes: Buffer) => void;
  /** The message is over. */
  readonly end: () => void;
}

const headEnd = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');

/**
 * Cuts one direction of an HTTP/1.1 connection into messages, wherever its bytes are cut. A body has a length, comes in
 * chunks, or is absent; trailers are dropped. Throws on invalid input.
 */
export class Http1Parser {
  readonly #observer: Http1Observer;
  #rest: Buffer = Buffer.alloc(0);
  #state: 'head' | 'body' | 'chunk size' | 'chunk' | 'chunk end' | 'trailer' = 'head';
  #due = 0;

  constructor(observer: Http1Observer) {
    this.#observer = observer;
  }

  push(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    while (this.#step());
  }

  /** False where more bytes are needed. */
  #step(): boolean {
    switch (this.#state) {
      case 'head':
        return this.#upTo(headEnd, (head) => this.#begin(head));
      case 'body':
        return this.#data(() => this.#finish());
      case 'chunk size':
        return this.#upTo(lineEnd, (line) => {
          this.#due = Number.parseInt(line, 16);
          if (!(this.#due >= 0)) throw new TypeError('a chunk without a size');
          this.#state = this.#due === 0 ? 'trailer' : 'chunk';
        });
      case 'chunk':
        return this.#data(() => (this.#state = 'chunk end'));
      case 'chunk end':
        return this.#upTo(lineEnd, () => (this.#state = 'chunk size'));
      case 'trailer':
        return this.#upTo(lineEnd, (line) => {
          if (line === '\r\n') this.#finish();
        });
    }
  }

  #begin(head: string): void {
    const isChunked = /^transfer-encoding:.*\bchunked\b/imu.test(head);
    this.#due = Number(/^content-length:\s*(\d+)/imu.exec(head)?.[1] ?? 0);
    this.#state = isChunked ? 'chunk size' : 'body';
    this.#observer.head(head, isChunked);
    if (this.#state === 'body' && this.#due === 0) this.#finish();
  }

  #finish(): void {
    this.#state = 'head';
    this.#observer.end();
  }

  #upTo(mark: Buffer, found: (text: string) => void): boolean {
    const index = this.#rest.indexOf(mark);
    if (index === -1) return false;
    const text = this.#rest.toString('latin1', 0, index + mark.length);
    this.#rest = this.#rest.subarray(index + mark.length);
    found(text);
    return true;
  }

  #data(complete: () => void): boolean {
    if (this.#rest.length === 0) return false;
    const bytes = this.#rest.subarray(0, this.#due);
    this.#rest = this.#rest.subarray(bytes.length);
    this.#due -= bytes.length;
    this.#observer.body(bytes);
    if (this.#due === 0) complete();
    return true;
  }
}

/** A part of a body as a chunk. */
export function chunkOf(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, lineEnd]);
}

/** The end of a body in chunks. */
export const lastChunk: Buffer = Buffer.from('0\r\n\r\n');
