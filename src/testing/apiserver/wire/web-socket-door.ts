import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type * as Ws from 'ws';
import { statusReply, type TextReply } from '../requests/api-reply.ts';
import { offeredProtocols } from '../requests/bearer-protocol.ts';
import { packageMissing } from '../requests/refusals.ts';
import { handshakeRefusal } from './web-socket-handshake.ts';

/** The longest message that is taken of a client, in bytes. None is expected. */
const maxMessageBytes = 1024 * 1024;

/** How long a client may take to answer the end of a WebSocket, in milliseconds. */
const closeTimeout = 1000;

/** A watch whose client wants it over a WebSocket. */
export interface Knock {
  readonly message: IncomingMessage;
  /** Has the socket until the WebSocket takes it over. */
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** What the client has sent behind its request. */
  readonly bytes: Buffer;
  readonly opened: (webSocket: Ws.WebSocket) => void;
  readonly refuse: (reply: TextReply) => void;
}

/** Opens WebSockets, by the package `ws`, which is loaded for the first one. */
export class WebSocketDoor {
  #server: Promise<Ws.WebSocketServer> | undefined;

  /** Opens a WebSocket or refuses it, in a later turn. Calls neither back if the client has gone by then. */
  open({ message, response, socket, bytes, opened, refuse }: Knock): void {
    const { headers } = message;
    const protocols = protocolsOf(message);
    const refusal = handshakeRefusal(headers, protocols);
    if (refusal !== undefined) {
      refuse(refusal);
      return;
    }
    // The package reads it again, and would offer the token in its answer.
    if (protocols[0] === undefined) delete headers['sec-websocket-protocol'];
    else headers['sec-websocket-protocol'] = protocols[0];
    this.#server ??= loaded();
    this.#server.then(
      (server) => {
        if (socket.destroyed) return;
        response.detachSocket(socket);
        server.handleUpgrade(message, socket, bytes, opened);
      },
      (error: unknown) => {
        this.#server = undefined;
        const status = packageMissing('watches over WebSockets', 'ws', error);
        // A browser shows nothing of an answer that refuses a WebSocket.
        process.emitWarning(status.message ?? '');
        refuse(statusReply(status));
      },
    );
  }
}

/** A token that was not needed is a subprotocol like others, as of a kube-apiserver. */
function protocolsOf({ headers }: IncomingMessage): readonly string[] {
  const { others } = offeredProtocols(headers);
  if (headers.authorization === undefined) return others;
  return (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

async function loaded(): Promise<Ws.WebSocketServer> {
  const { WebSocketServer } = await import('ws');
  // The package answers a ping itself, however many answers a client lets lie.
  const options = { noServer: true, clientTracking: false, autoPong: false, maxPayload: maxMessageBytes, closeTimeout };
  return new WebSocketServer(options);
}
