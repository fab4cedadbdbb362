import type { RequestListener, ServerResponse } from 'node:http';
import type { Observable } from 'rxjs';
import { errorReply } from '../requests/answer.ts';
import type { ApiReply, TextReply } from '../requests/api-reply.ts';
import type { RecordedRequest } from '../requests/recorded-request.ts';
import type { RequestService } from '../requests/request-service.ts';
import { bodyText } from './body-text.ts';
import { OpenStream } from './open-stream.ts';
import { resetSocket } from './reset-socket.ts';
import { sendText } from './send-text.ts';

/** Takes requests from the wire, and sends what they are answered with. */
export class RequestHandler {
  readonly #service: RequestService;
  readonly #watchBuffer: number;

  /** `watchBuffer`: how many batches a stream may be behind. */
  constructor(service: RequestService, watchBuffer: number) {
    this.#service = service;
    this.#watchBuffer = watchBuffer;
  }

  readonly handle: RequestListener = (message, response) => {
    const taken = this.#service.take(message, bodyText(message));
    if (typeof taken === 'string' || !('reply$' in taken)) {
      this.#send(taken, response);
      return;
    }
    const { recorded, reply$ } = taken;
    const subscription = reply$.subscribe({
      next: (reply) => this.#send(reply, response, recorded),
      error: (error: unknown) => this.#send(errorReply(error), response, recorded),
    });
    response.once('close', () => subscription.unsubscribe());
  };

  #send(reply: ApiReply, response: ServerResponse, recorded?: RecordedRequest): void {
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

  #stream(batches$: Observable<Iterable<string>>, response: ServerResponse, recorded?: RecordedRequest): void {
    const stream = new OpenStream(response, batches$, this.#watchBuffer, (error) => {
      this.#send(errorReply(error), response, recorded);
    });
    if (response.writableEnded || recorded === undefined) return;
    const letGo = this.#service.hold(stream, recorded);
    response.once('close', () => {
      letGo();
      stream.close();
    });
  }
}
