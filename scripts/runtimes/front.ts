import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { type ApiServer, apiServer } from 'kuberx/testing/apiserver';
import { certificate, key } from '../../spec/rest/test-certificate.ts';

/** A server that programs in other runtimes reach. */
export interface Front {
  /** `https://HOST:PORT`. */
  readonly url: string;
  /** The certificate that it is trusted by. */
  readonly ca: string;
  /** `GET /break` there breaks all connections. */
  readonly control: string;
  stop(): Promise<void>;
}

/** An embedded API server behind TLS, over HTTP/2 as a kube-apiserver speaks it, or over HTTP/1.1. `host` is how it is named. */
export async function front(protocol: 'HTTP/2' | 'HTTP/1.1', host: '127.0.0.1' | 'localhost'): Promise<Front> {
  const behind = await apiServer();
  const tls = { key, cert: certificate };
  const server: Server =
    protocol === 'HTTP/2'
      ? createSecureServer({ ...tls, allowHTTP1: true }, (incoming, outgoing) => {
          // The two kinds of requests and responses have in common all that is used here.
          pass(incoming as unknown as IncomingMessage, outgoing as unknown as ServerResponse, behind);
        })
      : createTlsServer(tls, (incoming, outgoing) => pass(incoming, outgoing, behind));
  const open = new Set<Socket>();
  server.on('secureConnection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
  });
  const breakAll = () => {
    for (const each of open) each.destroy();
  };
  const control = createServer((_, answer) => {
    breakAll();
    answer.end();
  });
  await Promise.all([listening(server), listening(control)]);
  return {
    url: `https://${host}:${portOf(server)}`,
    ca: certificate,
    control: `http://127.0.0.1:${portOf(control)}`,
    stop: async () => {
      breakAll();
      server.close();
      control.close();
      control.closeAllConnections();
      await behind.stop({ how: 'reset' });
    },
  };
}

/** Sends a request on to the server behind. */
function pass(incoming: IncomingMessage, outgoing: ServerResponse, behind: ApiServer): void {
  const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':')));
  // Without it, Node sends the body of a DELETE over HTTP/1.1 with no word of its length.
  if (incoming.method !== 'GET' && headers['content-length'] === undefined) headers['transfer-encoding'] = 'chunked';
  const sent = request(new URL(incoming.url ?? '', behind.url), { method: incoming.method, headers }, (answer) => {
    const others = Object.entries(answer.headers).filter(([name]) => !ofTheConnection.has(name));
    outgoing.writeHead(answer.statusCode ?? 500, Object.fromEntries(others));
    answer.on('error', () => outgoing.destroy()).pipe(outgoing);
  });
  sent.on('error', () => outgoing.destroy());
  outgoing.on('close', () => sent.destroy());
  incoming.pipe(sent);
}

const ofTheConnection: ReadonlySet<string> = new Set(['connection', 'transfer-encoding', 'keep-alive']);

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
