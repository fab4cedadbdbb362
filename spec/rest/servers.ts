import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { RestConfig } from 'kuberx/rest';
import { certificate, key } from './test-certificate.ts';

/** A server on loopback that ends with the test, and the sockets that are open to it. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
  /** How many connections there have been. */
  readonly connections: () => number;
}

/** Starts a server on loopback. */
export async function listening(server: net.Server, scheme: string, host = '127.0.0.1'): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${scheme}://127.0.0.1:${port}`, port, sockets, connections: () => connections };
}

export const httpServer = (listener: RequestListener): Promise<TestServer> =>
  listening(http.createServer(listener), 'http');

/** TLS without ALPN: HTTP/1.1 only. */
export const httpsServer = (
  listener: RequestListener,
  { host, ...tls }: { readonly host?: string; readonly cert: string; readonly key: string } = {
    cert: certificate,
    key,
  },
): Promise<TestServer> => listening(https.createServer(tls, listener), 'https', host);

export interface Http2TestServer extends TestServer {
  readonly sessions: ReadonlySet<http2.ServerHttp2Session>;
}

export async function http2Server(
  onstream: (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders, raw: readonly string[]) => void,
  maxConcurrentStreams = 100,
): Promise<Http2TestServer> {
  const sessions = new Set<http2.ServerHttp2Session>();
  const server = http2.createSecureServer({ cert: certificate, key, settings: { maxConcurrentStreams } });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined).once('close', () => sessions.delete(session));
  });
  server.on(
    'stream',
    (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders, _flags: number, raw: string[]) => {
      stream.on('error', () => undefined);
      onstream(stream, headers, raw);
    },
  );
  return { ...(await listening(server, 'https')), sessions };
}

/** A TCP server that does with a connection what it is told. */
export const tcpServer = (onsocket: (socket: Socket) => unknown): Promise<TestServer> =>
  listening(net.createServer(onsocket), 'https');

/** Passes bytes on to another port, until it is told to fall silent: sockets stay open, and what is sent is lost. */
export async function relay(port: number): Promise<TestServer & { readonly fallSilent: () => void }> {
  const pairs: [Socket, Socket][] = [];
  const server = await tcpServer((inner) => {
    const outer = net.connect(port, '127.0.0.1');
    outer.on('error', () => undefined);
    onTestFinished(() => void outer.destroy());
    pairs.push([inner, outer]);
    inner.pipe(outer).pipe(inner);
  });
  const fallSilent = () => {
    for (const [inner, outer] of pairs) {
      inner.unpipe().resume();
      outer.unpipe().resume();
    }
  };
  return { ...server, fallSilent };
}

/** A config of a server, whose certificate it trusts. */
export function restConfigOf(server: string, more: Partial<RestConfig> = {}): RestConfig {
  const isPlain = server.startsWith('http:');
  return { server, ...(isPlain ? { allowInsecureCredentials: true } : { ca: certificate }), ...more };
}
