import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Observable } from 'rxjs';
import { errorReply } from '../requests/answer.ts';
import { type ApiReply, plainReply, type TextReply } from '../requests/api-reply.ts';
import { isWebSocket } from '../requests/bearer-protocol.ts';
import type { RecordedRequest } from '../requests/recorded-request.ts';
import type { RequestHead, RequestService, SentStream } from '../requests/request-service.ts';
import { bodyText } from './body-text.ts';
import { clientIdentity } from './client-identity.ts';
import type { WireHandlers } from './loopback-listener.ts';
import { OpenStream } from './open-stream.ts';
import { resetResponse } from './reset-response.ts';
import { sendText } from './send-text.ts';
import { WebSocketDoor } from './web-socket-door.ts';
import { WebSocketStream } from './web-socket-stream.ts';

/** What the batches of a watch are sent by, once they come. */
type OpenWatch = (
  batches$: Observable<Iterable<string>>,
  onError: (error: unknown) => void,
) => SentStream & Pick<OpenStream, 'close'>;

/** Takes requests from the wire, and sends what they are answered with: over HTTP/1.1, HTTP/2 and WebSockets. */
export class RequestHandler implements WireHandlers {
  readonly #service: RequestService;
  readonly #watchBuffer: number;
  readonly #door = new WebSocketDoor();

  /** `watchBuffer`: how many batches a stream may be behind. */
  constructor(service: RequestService, watchBuffer: number) {
    this.#service = service;
    this.#watchBuffer = watchBuffer;
  }

  readonly request = (message: IncomingMessage, response: ServerResponse): void => {
    this.#answer(message, response, (batches$, onError) => {
      return new OpenStream(response, batches$, this.#watchBuffer, onError);
    });
  };

  readonly upgrades = ({ headers }: IncomingMessage): boolean => isWebSocket(headers);

  readonly upgrade = (message: IncomingMessage, socket: Duplex, bytes: Buffer): void => {
    if (!(socket instanceof Socket)) throw new TypeError('a server of sockets has connections of another kind');
    const response = responseOn(message, socket);
    if (response === undefined) return;
    if (!isWebSocket(message.headers)) {
      this.request(message, response);
      return;
    }
    this.#answer(message, response, (batches$, onError) => {
      const refuse = (reply: TextReply): void => this.#sendText(response, reply);
      return new WebSocketStream({
        socket,
        batches$,
        buffer: this.#watchBuffer,
        onError,
        open: (opened) => this.#door.open({ message, response, socket, bytes, opened, refuse }),
      });
    });
  };

  /** There are no tunnels. */
  readonly connect = (message: IncomingMessage, answer: Duplex | Http2ServerResponse): void => {
    const response = answer instanceof Socket ? responseOn(message, answer) : (answer as unknown as ServerResponse);
    if (response !== undefined) this.#sendText(response, plainReply(404, '404 page not found'));
  };

  #answer(message: IncomingMessage, response: ServerResponse, open: OpenWatch): void {
    const taken = this.#service.take(headOf(message), bodyText(message));
    if (typeof taken === 'string' || !('reply$' in taken)) {
      this.#send(taken, response, open);
      return;
    }
    const { recorded, reply$ } = taken;
    const subscription = reply$.subscribe({
      next: (reply) => this.#send(reply, response, open, recorded),
      error: (error: unknown) => this.#send(errorReply(error), response, open, recorded),
    });
    response.once('close', () => subscription.unsubscribe());
  }

  #send(reply: ApiReply, response: ServerResponse, open: OpenWatch, recorded?: RecordedRequest): void {
    if (reply === 'hang') return;
    if (reply === 'reset') resetResponse(response);
    else if ('batches$' in reply) this.#stream(reply.batches$, response, open, recorded);
    else this.#sendText(response, reply);
  }

  /** Node throws at a header that it cannot send, which only an interceptor can give. */
  #sendText(response: ServerResponse, reply: TextReply): void {
    try {
      sendText(response, reply);
    } catch (error) {
      if (response.headersSent) resetResponse(response);
      else sendText(response, errorReply(error));
    }
  }

  #stream(
    batches$: Observable<Iterable<string>>,
    response: ServerResponse,
    open: OpenWatch,
    recorded?: RecordedRequest,
  ): void {
    const stream = open(batches$, (error) => this.#sendText(response, errorReply(error)));
    if (response.writableEnded || recorded === undefined) {
      // Refused, or over already.
      stream.close();
      return;
    }
    const letGo = this.#service.hold(stream, recorded);
    response.once('close', () => {
      letGo();
      stream.close();
    });
  }
}

/** HTTP/2 names the host elsewhere. */
function headOf(message: IncomingMessage): RequestHead {
  const { method, url, headers, httpVersionMajor } = message;
  const client = clientIdentity(message);
  if (httpVersionMajor !== 2) {
    return { method, url, headers, client, transport: isWebSocket(headers) ? 'websocket' : 'http/1.1' };
  }
  const host = headers.host ?? headers[':authority'];
  const all = { ...headers, ...(typeof host === 'string' && { host }) };
  return { method, url, headers: all, client, transport: 'http/2' };
}

/**
 * The response to a request whose connection Node has handed over. The connection ends with it; where another protocol takes
 * it over, the response closes with it all the same. `undefined`: the connection is closed, because the client did not wait for
 * the answer to an earlier request.
 */
function responseOn(message: IncomingMessage, socket: Socket): ServerResponse | undefined {
  const response = new ServerResponse(message);
  response.shouldKeepAlive = false;
  socket.on('error', () => undefined);
  try {
    response.assignSocket(socket);
  } catch {
    socket.destroy();
    return undefined;
  }
  response.once('finish', () => {
    response.detachSocket(socket);
    socket.end(() => socket.destroySoon());
  });
  socket.once('close', () => {
    if (!response.closed) response.emit('close');
  });
  return response;
}
