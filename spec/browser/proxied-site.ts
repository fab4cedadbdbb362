import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import http2, { type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import net, { type AddressInfo, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { conditions } from '../../vitest.config.ts';

/** A site of a page and of the API server behind it. */
export interface ProxiedSite {
  readonly url: string;
  /** As a proxy that is stopped: connections stay, and nothing goes through, either way. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/** The key and the certificate of a site over HTTP/2; without them it is one over HTTP/1.1. */
export interface ProxiedSiteOptions {
  readonly apiServer: string;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

let script: Promise<string> | undefined;

/** The page's program, built once. */
function programOf(): Promise<string> {
  script ??= build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions },
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('informer-page.ts', import.meta.url)), formats: ['es'] },
    },
  }).then((built) => {
    const [{ output } = { output: [] }] = built as Rolldown.RolldownOutput[];
    return output.map((each) => (each.type === 'chunk' ? each.code : '')).join('');
  });
  return script;
}

const html =
  '<!doctype html><link rel="icon" href="data:,"><title>ready</title><script type="module" src="/page.js"></script>';

/** Serves the page, `/ping`, and all of the API server by one origin. */
export async function proxiedSite({ apiServer, tls }: ProxiedSiteOptions): Promise<ProxiedSite> {
  const program = await programOf();
  const upstream = new URL(apiServer);
  const agent = new http.Agent({ maxSockets: Infinity });
  const sockets = new Set<Socket>();
  const responses = new Set<IncomingMessage>();
  const tunnels = new Set<Socket>();
  let paused: (() => void)[] | undefined;
  const whenOpen = (action: () => void): void => {
    if (paused === undefined) action();
    else paused.push(action);
  };

  function handle(request: Request, response: Response): void {
    const answer = response as ServerResponse;
    const path = request.url ?? '/';
    if (path === '/ping') answer.end('pong');
    else if (path === '/page.js') answer.writeHead(200, { 'content-type': 'text/javascript' }).end(program);
    else if (!path.startsWith('/api')) answer.writeHead(200, { 'content-type': 'text/html' }).end(html);
    else whenOpen(() => forward(request, answer));
  }

  function forward(request: Request, answer: ServerResponse): void {
    const { host = request.headers[':authority'], ...rest } = request.headers;
    const headers = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith(':')));
    const options = { agent, method: request.method, path: request.url, headers: { ...headers, host } };
    const sent = http.request(apiServer, options as http.RequestOptions, (received) => {
      const {
        connection: _connection,
        'transfer-encoding': _encoding,
        'keep-alive': _alive,
        ...kept
      } = received.headers;
      answer.writeHead(received.statusCode ?? 502, kept);
      if (!tls) answer.flushHeaders();
      responses.add(received);
      received.once('close', () => responses.delete(received));
      received.on('data', (bytes: Buffer) => whenOpen(() => answer.write(bytes)));
      received.once('end', () => whenOpen(() => answer.end()));
      received.once('error', () => answer.destroy());
    });
    sent.once('error', () => answer.destroy());
    answer.once('close', () => sent.destroy());
    request.pipe(sent);
  }

  function tunnel(request: IncomingMessage, socket: Socket, first: Buffer): void {
    const sent = net.connect(Number(upstream.port), upstream.hostname);
    const lines = request.rawHeaders.flatMap((each, at, all) =>
      at % 2 === 0 ? [`${each}: ${all[at + 1] ?? ''}`] : [],
    );
    sent.write(`GET ${request.url ?? ''} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    sent.write(first);
    for (const [from, to] of [
      [sent, socket],
      [socket, sent],
    ] as const) {
      tunnels.add(from);
      from.on('data', (bytes: Buffer) => whenOpen(() => void to.write(bytes)));
      from.on('error', () => to.destroy());
      from.once('close', () => {
        tunnels.delete(from);
        whenOpen(() => void to.destroy());
      });
    }
  }

  const server = tls ? http2.createSecureServer(tls, handle) : http.createServer(handle);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  if (!tls) server.on('upgrade', (...given: [IncomingMessage, Socket, Buffer]) => whenOpen(() => tunnel(...given)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/`,
    pause: () => (paused ??= []),
    resume: () => {
      const due = paused ?? [];
      paused = undefined;
      for (const action of due) action();
    },
    async close() {
      for (const each of [...sockets, ...tunnels]) each.destroy();
      for (const each of responses) each.destroy();
      agent.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
