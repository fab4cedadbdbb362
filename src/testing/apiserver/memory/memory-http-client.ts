import { Observable, type Subscriber, Subscription } from 'rxjs';
import { KubeError } from '../../../protocol/errors/kube-error.ts';
import { refusal } from '../../../serving/failure-status.ts';
import { errorReply } from '../requests/answer.ts';
import { type ApiReply, jsonHeaders, type TextReply } from '../requests/api-reply.ts';
import type { RecordedRequest } from '../requests/recorded-request.ts';
import { bodyTooLarge } from '../requests/refusals.ts';
import { type BodyText, maxBodyBytes } from '../requests/request-body.ts';
import type { RequestService, SentStream, StreamEnd } from '../requests/request-service.ts';
import { SlicedText } from '../wire/sliced-text.ts';

/** One request to a server in this process. */
export interface MemoryRequest {
  /** The resource in words, for errors. */
  readonly resource: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A response as it arrives: one head, then parts of the body. */
export type MemoryEvent =
  | {
      readonly type: 'head';
      readonly status: number;
      /** The value of a header by its name in lower case. */
      readonly header: (name: string) => string | undefined;
    }
  | { readonly type: 'chunk'; readonly bytes: Uint8Array };

/** What kuberx sends its requests by, without a socket: an `HttpClient`. */
export type MemoryHttpClient = (request: MemoryRequest) => Observable<MemoryEvent>;

/** What a {@link memoryHttpClient} is made of. */
export interface MemoryHttpClientOptions {
  readonly service: RequestService;
  /** False: nobody answers, as of a server that was stopped. */
  readonly isUp: () => boolean;
  /** Emits when all connections end, in a way. */
  readonly ended$: Observable<StreamEnd>;
}

const encoder = new TextEncoder();

/**
 * An HTTP client of a server in this process: what a server has to say at once is there within the call of `subscribe`, what
 * it says later comes on its scheduler, and nothing in between takes a promise. It carries the token of the server, unless a
 * request has one of its own. Its errors are those of a connection: ConnectionRefused of a server that is stopped, Network of
 * one that broke it off.
 */
export function memoryHttpClient({ service, isUp, ended$ }: MemoryHttpClientOptions): MemoryHttpClient {
  return (request) =>
    new Observable<MemoryEvent>((subscriber) => {
      if (!isUp()) {
        const message = 'the server in memory is stopped';
        subscriber.error(new KubeError({ reason: 'ConnectionRefused', resource: request.resource, message }));
        return undefined;
      }
      const response = new MemoryResponse(request, subscriber, service);
      const over = ended$.subscribe({
        next: (how) => response.end(how),
        error: (error: unknown) => subscriber.error(error),
      });
      over.add(response.send());
      return over;
    });
}

/** One response on its way. */
class MemoryResponse implements SentStream {
  readonly #request: MemoryRequest;
  readonly #subscriber: Subscriber<MemoryEvent>;
  readonly #service: RequestService;
  /** What is still to come. */
  readonly #due = new Subscription();
  #headed = false;

  constructor(request: MemoryRequest, subscriber: Subscriber<MemoryEvent>, service: RequestService) {
    this.#request = request;
    this.#subscriber = subscriber;
    this.#service = service;
  }

  get open(): boolean {
    return !this.#subscriber.closed;
  }

  /** Sends the request and what it is answered with. Unsubscribing aborts. */
  send(): Subscription {
    const { method, path, headers } = this.#request;
    const taken = this.#service.take({ method, url: path, headers: this.#headers(headers) }, this.#body);
    if (typeof taken === 'string' || !('reply$' in taken)) {
      this.#reply(taken);
      return this.#due;
    }
    const sent = taken.reply$.subscribe({
      next: (reply) => this.#reply(reply, taken.recorded),
      error: (error: unknown) => this.#subscriber.error(error),
    });
    this.#due.add(sent);
    return this.#due;
  }

  end(how: StreamEnd): void {
    this.#due.unsubscribe();
    if (how === 'reset' || !this.#headed) this.#break();
    if (how === 'mid-line') this.#write('{"type":"MODIFIED","object":{"kind":');
    this.#subscriber.complete();
  }

  #headers(given: Readonly<Record<string, string>>): Record<string, string> {
    const { token } = this.#service;
    const named = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const);
    return {
      host: 'localhost',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...Object.fromEntries(named),
    };
  }

  readonly #body: BodyText = (resource) =>
    new Observable((subscriber) => {
      const { body = '' } = this.#request;
      if (Buffer.byteLength(body) > maxBodyBytes) subscriber.error(refusal(resource, bodyTooLarge(maxBodyBytes)));
      else subscriber.next(body);
      subscriber.complete();
    });

  #reply(reply: ApiReply, recorded?: RecordedRequest): void {
    if (reply === 'hang') return;
    if (reply === 'reset') this.#break();
    else if ('batches$' in reply) this.#stream(reply.batches$, recorded);
    else this.#text(reply);
  }

  #text({ code, headers, body }: TextReply): void {
    this.#head(code, headers);
    this.#write(body);
    this.#subscriber.complete();
  }

  #stream(batches$: Observable<Iterable<string>>, recorded: RecordedRequest | undefined): void {
    if (recorded !== undefined) this.#due.add(this.#service.hold(this, recorded));
    const sent = batches$.subscribe({
      next: (batch) => {
        this.#head(200, jsonHeaders);
        this.#write(batch);
      },
      error: (error: unknown) => this.#text(errorReply(error)),
      complete: () => {
        this.#head(200, jsonHeaders);
        this.#subscriber.complete();
      },
    });
    this.#due.add(sent);
  }

  #head(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.#headed) return;
    this.#headed = true;
    const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    this.#subscriber.next({ type: 'head', status, header: (name) => byName.get(name) });
  }

  #write(texts: string | Iterable<string>): void {
    const slices = new SlicedText();
    slices.push(typeof texts === 'string' ? [texts] : texts);
    for (let slice = slices.next(); slice !== '' && this.open; slice = slices.next()) {
      this.#subscriber.next({ type: 'chunk', bytes: encoder.encode(slice) });
    }
  }

  #break(): void {
    const message = 'the server in memory broke the connection';
    this.#subscriber.error(new KubeError({ reason: 'Network', resource: this.#request.resource, message }));
  }
}
