import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { asyncScheduler, type Observable, of, type SchedulerLike, switchMap, timer } from 'rxjs';
import { badRequest } from '../../../serving/failure-status.ts';
import { errorReply } from '../requests/answer.ts';
import { type ApiReply, statusReply, type TextReply } from '../requests/api-reply.ts';
import { type ApiRequest, parseApiRequest } from '../requests/api-request.ts';
import { PendingFailures } from '../requests/failure.ts';
import { foreignRequest, type Guests } from '../requests/foreign-request.ts';
import { interceptedReply, type Interceptor } from '../requests/interception.ts';
import { OpenStream, type StreamEnd } from './open-stream.ts';
import { type RecordedRequest, recordedRequest } from '../requests/recorded-request.ts';
import { resetSocket } from './reset-socket.ts';
import { foreignRefused, unauthorized } from '../requests/refusals.ts';
import { sendText } from './send-text.ts';

/** How many requests are remembered: the last ones. */
const keptRequests = 10_000;

/** What a {@link RequestHandler} is made of. */
export interface RequestHandlerOptions {
  readonly answer: (request: ApiRequest, message: IncomingMessage) => Observable<ApiReply>;
  readonly token: string | undefined;
  readonly guests: Guests;
  /** Milliseconds before each answer. */
  readonly latency: number;
  /** How many batches a stream may be behind. */
  readonly watchBuffer: number;
  readonly scheduler?: SchedulerLike | undefined;
}

/** Takes requests from the wire, counts them, lets some fail on purpose, and sends what they are answered with. */
export class RequestHandler {
  readonly failures: PendingFailures = new PendingFailures();
  readonly interceptors: Set<Interceptor> = new Set();
  /** The last {@link keptRequests} requests, oldest first. */
  readonly requests: RecordedRequest[] = [];
  /** The bearer token that every request has to carry; `undefined`: none. */
  token: string | undefined;
  readonly #options: RequestHandlerOptions;
  readonly #streams = new Map<OpenStream, RecordedRequest>();

  constructor(options: RequestHandlerOptions) {
    this.#options = options;
    this.token = options.token;
  }

  get openStreams(): number {
    return [...this.#streams.keys()].filter(({ open }) => open).length;
  }

  /** Ends the streams of a resource, or all of them; returns how many. */
  endStreams(how: StreamEnd, resource?: string): number {
    const ending = [...this.#streams]
      .filter(([{ open }, request]) => open && (resource === undefined || request.resource === resource))
      .map(([stream]) => stream);
    for (const stream of ending) stream.end(how);
    return ending.length;
  }

  readonly handle: RequestListener = (message, response) => {
    const request = this.#parsed(message);
    if (request === undefined) {
      sendText(response, statusReply(badRequest('the request line cannot be read')));
      return;
    }
    const recorded = recordedRequest(request);
    this.requests.push(recorded);
    if (this.requests.length > keptRequests) this.requests.shift();
    const { latency, scheduler = asyncScheduler } = this.#options;
    const delay$ = latency > 0 ? timer(latency, scheduler) : of(0);
    const reply$ = delay$.pipe(switchMap(() => this.#replyTo(request, recorded, message)));
    const subscription = reply$.subscribe({
      next: (answered) => this.#send(answered, response, recorded),
      error: (error: unknown) => this.#send(errorReply(error), response, recorded),
    });
    response.once('close', () => subscription.unsubscribe());
  };

  #replyTo(request: ApiRequest, recorded: RecordedRequest, message: IncomingMessage): Observable<ApiReply> {
    const early = this.#earlyReply(request, recorded);
    return early === undefined ? this.#options.answer(request, message) : of(early);
  }

  #parsed(message: IncomingMessage): ApiRequest | undefined {
    try {
      return parseApiRequest(message);
    } catch {
      return undefined;
    }
  }

  #earlyReply(request: ApiRequest, recorded: RecordedRequest): ApiReply | undefined {
    const { token } = this;
    const foreign = foreignRequest(request.headers, this.#options.guests);
    if (foreign !== undefined) return statusReply(foreignRefused(foreign));
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return statusReply(unauthorized());
    for (const intercept of this.interceptors) {
      const reply = intercept(recorded);
      if (reply !== undefined) return interceptedReply(reply);
    }
    return this.failures.next(request);
  }

  #send(reply: ApiReply, response: ServerResponse, recorded: RecordedRequest): void {
    if (reply === 'hang') return;
    if (reply === 'reset') resetSocket(response.socket);
    else if ('batches$' in reply) this.#stream(reply.batches$, response, recorded);
    else this.#sendText(response, reply);
  }

  /** Node throws at a header that it cannot send, which only an interceptor can give. */
  #sendText(response: ServerResponse, reply: TextReply): void {
    try {
      sendText(response, reply);
    } catch (error) {
      if (response.headersSent) resetSocket(response.socket);
      else sendText(response, errorReply(error));
    }
  }

  #stream(batches$: Observable<Iterable<string>>, response: ServerResponse, recorded: RecordedRequest): void {
    const stream = new OpenStream(response, batches$, this.#options.watchBuffer, (error) => {
      this.#send(errorReply(error), response, recorded);
    });
    if (response.writableEnded) return;
    this.#streams.set(stream, recorded);
    response.once('close', () => {
      this.#streams.delete(stream);
      stream.close();
    });
  }
}
