import type { ServerResponse } from 'node:http';
import { type Observable, Subject, takeUntil } from 'rxjs';
import { jsonHeaders } from '../requests/api-reply.ts';
import type { SentStream, StreamEnd } from '../requests/request-service.ts';
import { resetResponse } from './reset-response.ts';
import { SlicedText } from './sliced-text.ts';

/**
 * Sends batches of lines as the client reads them. The headers go out with the first batch. A client that is more than
 * `buffer` batches behind gets what is held for it, in order, and then a clean end, as from a kube-apiserver.
 */
export class OpenStream implements SentStream {
  readonly #response: ServerResponse;
  readonly #lines = new SlicedText();
  readonly #ended$ = new Subject<void>();
  #blocked = false;
  #ending = false;
  #closed = false;

  /** `onError`: the request has failed before its first batch, and is yet to be answered. */
  constructor(
    response: ServerResponse,
    batches$: Observable<Iterable<string>>,
    buffer: number,
    onError: (error: unknown) => void,
  ) {
    this.#response = response;
    batches$.pipe(takeUntil(this.#ended$)).subscribe({
      next: (batch) => {
        this.#writeHead();
        this.#lines.push(batch);
        this.#send();
        if (this.#lines.waiting > buffer) this.end('clean');
      },
      error: onError,
      complete: () => {
        if (!this.#closed) this.#finish();
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
      resetResponse(this.#response);
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

  #writeHead(): void {
    if (!this.#response.headersSent) this.#response.writeHead(200, jsonHeaders).flushHeaders();
  }

  #finish(): void {
    this.#ending = true;
    this.#writeHead();
    this.#send();
  }

  #send(): void {
    while (!this.#blocked) {
      const slice = this.#lines.next();
      if (slice === '') break;
      if (this.#response.write(slice)) continue;
      this.#blocked = true;
      // A write that the system takes at once drains within this turn, which others wait for.
      this.#response.once('drain', () =>
        setImmediate(() => {
          this.#blocked = false;
          this.#send();
        }),
      );
    }
    if (this.#ending && !this.#blocked && !this.#response.writableEnded) this.#response.end();
  }
}
