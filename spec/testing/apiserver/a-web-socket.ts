import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import type { ApiServer } from 'kuberx/testing/apiserver';

/** How a WebSocket was refused. */
export interface Refusal {
  readonly code: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** The subprotocol that carries a token. */
export const bearer = (token: string): string =>
  `base64url.bearer.authorization.k8s.io.${Buffer.from(token).toString('base64url')}`;

function connect(server: ApiServer, path: string, protocols: readonly string[], options: ClientOptions): WebSocket {
  const url = server.url.replace(/^http/, 'ws') + path;
  const ca = server.ca === undefined ? {} : { ca: server.ca };
  return new WebSocket(url, [...protocols], { origin: server.url, ...ca, ...options });
}

/** A watch over a WebSocket, and what came of it. */
export class WatchSocket {
  readonly webSocket: WebSocket;
  readonly frames: { readonly text: string; readonly isBinary: boolean }[] = [];
  /** The code with which it was closed. */
  readonly closed: Promise<number>;

  constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on('message', (data, isBinary) => this.frames.push({ text: (data as Buffer).toString(), isBinary }));
    webSocket.on('error', () => undefined);
    this.closed = once(webSocket, 'close').then(([code]) => code as number);
  }

  /** The events so far, in short. */
  get inShort(): string[] {
    return this.frames.map(({ text }) => {
      const { type, object } = JSON.parse(text) as { type: string; object: { metadata: { name?: string } } };
      return `${type} ${object.metadata.name ?? '-'}`;
    });
  }
}

/** Opens a WebSocket that has to be accepted. */
export async function openSocket(
  server: ApiServer,
  path: string,
  protocols: readonly string[] = [],
  options: ClientOptions = {},
): Promise<WatchSocket> {
  const watch = new WatchSocket(connect(server, path, protocols, options));
  await once(watch.webSocket, 'open');
  return watch;
}

/** Asks for a WebSocket that has to be refused. */
export async function refusedSocket(
  server: ApiServer,
  path: string,
  protocols: readonly string[] = [],
  options: ClientOptions = {},
): Promise<Refusal> {
  const webSocket = connect(server, path, protocols, options);
  webSocket.on('error', () => undefined);
  const [, response] = (await once(webSocket, 'unexpected-response')) as [unknown, IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  webSocket.terminate();
  return { code: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() };
}
