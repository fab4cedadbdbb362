import type { IncomingHttpHeaders } from 'node:http';
import {
  asyncScheduler,
  catchError,
  defer,
  type Observable,
  of,
  type SchedulerLike,
  Subject,
  switchMap,
  tap,
  timer,
} from 'rxjs';
import { badRequest } from '../../../serving/failure-status.ts';
import { errorReply } from './answer.ts';
import { type AnsweredRequest, answeredRequest } from './answered-request.ts';
import { type ApiReply, statusReply } from './api-reply.ts';
import { type ApiRequest, parseApiRequest } from './api-request.ts';
import { isWebSocket, offeredProtocols } from './bearer-protocol.ts';
import { PendingFailures } from './failure.ts';
import { foreignRequest, type Guests } from './foreign-request.ts';
import { interceptedReply, type Interceptor } from './interception.ts';
import { type RecordedRequest, recordedRequest, type Transport } from './recorded-request.ts';
import { foreignRefused, unauthorized } from './refusals.ts';
import type { BodyText } from './request-body.ts';

/** How many requests are remembered: the last ones. */
const keptRequests = 10_000;

/**
 * How a stream is ended: `clean`, after all that is due; `reset`, by breaking the connection; `mid-line`, cleanly for
 * HTTP, but in the middle of a line.
 */
export type StreamEnd = 'clean' | 'reset' | 'mid-line';

/** A stream that is being sent to a client. */
export interface SentStream {
  /** False once nothing new is taken, though what is held may still be on its way. */
  readonly open: boolean;
  end(how: StreamEnd): void;
}

/** Who has sent a request, by the certificate of the connection; `stranger`: by one that means nothing here. */
export type ClientIdentity = { readonly user: string; readonly groups: readonly string[] } | 'stranger';

/** What is known of a request before its body. */
export interface RequestHead {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Default: `memory`. */
  readonly transport?: Transport;
  /** Default: nobody in particular. */
  readonly client?: ClientIdentity | undefined;
}

/** A request that was understood. */
export interface TakenRequest {
  readonly recorded: RecordedRequest;
  /** One reply. Never errors. */
  readonly reply$: Observable<ApiReply>;
}

/** What a {@link RequestService} is made of. */
export interface RequestServiceOptions {
  readonly answer: (request: ApiRequest, body: BodyText) => Observable<ApiReply>;
  readonly token: string | undefined;
  readonly guests: Guests;
  /** Milliseconds before each answer. */
  readonly latency: number;
  readonly scheduler?: SchedulerLike | undefined;
}

/** Takes requests, however they came, counts them, lets some fail on purpose, and knows of the streams that are open. */
export class RequestService {
  readonly failures: PendingFailures = new PendingFailures();
  readonly interceptors: Set<Interceptor> = new Set();
  /** The bearer token that every request has to carry; `undefined`: none. */
  token: string | undefined;
  readonly #options: RequestServiceOptions;
  /** Oldest first; cut off in bulk, because to take one from the front of an array moves all others. */
  #requests: RecordedRequest[] = [];
  readonly #answers$ = new Subject<AnsweredRequest>();
  readonly #streams = new Map<SentStream, RecordedRequest>();

  constructor(options: RequestServiceOptions) {
    this.#options = options;
    this.token = options.token;
  }

  /** The last {@link keptRequests} requests, oldest first. */
  get requests(): readonly RecordedRequest[] {
    if (this.#requests.length > keptRequests) this.#requests = this.#requests.slice(-keptRequests);
    return this.#requests;
  }

  /** Each request when it is answered. */
  get answers$(): Observable<AnsweredRequest> {
    return this.#answers$;
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

  /** Knows of a stream until the function that it returns is called. */
  hold(stream: SentStream, recorded: RecordedRequest): () => void {
    this.#streams.set(stream, recorded);
    return () => this.#streams.delete(stream);
  }

  /** Takes a request; what cannot be understood is a reply at once. */
  take(head: RequestHead, body: BodyText): TakenRequest | ApiReply {
    const request = parsed(head);
    if (request === undefined) return statusReply(badRequest('the request line cannot be read'));
    const { transport = 'memory', client } = head;
    const recorded = recordedRequest(request, transport, client === 'stranger' ? undefined : client?.user);
    this.#requests.push(recorded);
    if (this.#requests.length >= 2 * keptRequests) this.#requests = this.#requests.slice(-keptRequests);
    const { latency, scheduler = asyncScheduler } = this.#options;
    const answered$ =
      latency > 0
        ? timer(latency, scheduler).pipe(switchMap(() => this.#answer(request, recorded, body, client)))
        : defer(() => this.#answer(request, recorded, body, client));
    const reply$ = answered$.pipe(catchError((error: unknown) => of(errorReply(error))));
    return { recorded, reply$: this.#answers$.observed ? this.#told(recorded, reply$, scheduler) : reply$ };
  }

  #told(recorded: RecordedRequest, reply$: Observable<ApiReply>, scheduler: SchedulerLike): Observable<ApiReply> {
    return defer(() => {
      const began = scheduler.now();
      return reply$.pipe(
        tap((reply) => this.#answers$.next(answeredRequest(recorded, reply, scheduler.now() - began))),
      );
    });
  }

  #answer(
    request: ApiRequest,
    recorded: RecordedRequest,
    body: BodyText,
    client: ClientIdentity | undefined,
  ): Observable<ApiReply> {
    const early = this.#earlyReply(request, recorded, client);
    return early === undefined ? this.#options.answer(request, body) : of(early);
  }

  #earlyReply(request: ApiRequest, recorded: RecordedRequest, client?: ClientIdentity): ApiReply | undefined {
    const foreign = foreignRequest(request.headers, this.#options.guests);
    if (foreign !== undefined) return statusReply(foreignRefused(foreign));
    if (!this.#isKnown(request.headers, client)) return statusReply(unauthorized());
    for (const intercept of this.interceptors) {
      const reply = intercept(recorded);
      if (reply !== undefined) return interceptedReply(reply);
    }
    return this.failures.next(request);
  }

  /**
   * By a certificate or a header; of a WebSocket, by a subprotocol, which has to be well formed whether or not a token is asked
   * for.
   */
  #isKnown(headers: IncomingHttpHeaders, client: ClientIdentity | undefined): boolean {
    if (client !== undefined && client !== 'stranger') return true;
    const { token } = this;
    if (client === 'stranger' && token === undefined) return false;
    const { authorization } = headers;
    if (authorization !== undefined || !isWebSocket(headers)) {
      return token === undefined || authorization === `Bearer ${token}`;
    }
    const offered = offeredProtocols(headers);
    return !offered.isMalformed && (token === undefined || offered.token === token);
  }
}

function parsed(head: RequestHead): ApiRequest | undefined {
  try {
    return parseApiRequest(head);
  } catch {
    return undefined;
  }
}
