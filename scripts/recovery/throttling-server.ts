import { readFile } from 'node:fs/promises';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import type { ControlPlane } from '../controlplane/control-plane.ts';
import { DaemonFailed } from '../controlplane/daemon.ts';
import { onFreePort } from '../controlplane/free-port.ts';

/** Headers of a connection and not of a request; HTTP/2 has none of them. */
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade'];

/** Stands before an apiserver with its certificate, and passes requests on, or answers each as a busy apiserver does. */
export class ThrottlingServer {
  /** Every request is answered with 429 and `Retry-After: 1`. */
  throttle = false;
  readonly #target: URL;
  readonly #agent: Agent;
  readonly #server: Http2SecureServer;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  private constructor(target: string, ca: string, key: string) {
    this.#target = new URL(target);
    this.#agent = new Agent({ ca, keepAlive: true });
    this.#server = createSecureServer({ cert: ca, key, allowHTTP1: true }, (asked, answer) =>
      this.#serve(asked, answer),
    );
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('sessionError', () => undefined);
  }

  static async start({ url, ca, dataDir }: ControlPlane): Promise<ThrottlingServer> {
    const server = new ThrottlingServer(url, ca, await readFile(join(dataDir, 'certs', 'apiserver.key'), 'utf8'));
    await onFreePort(async (port) => {
      server.#port = port;
      server.#server.listen(port, '127.0.0.1');
      await once(server.#server, 'listening').catch((error: unknown) => {
        throw new DaemonFailed('the throttling server cannot listen', String(error));
      });
    });
    return server;
  }

  get port(): number {
    return this.#port;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
    await closed;
  }

  #serve(asked: Http2ServerRequest, answer: Http2ServerResponse): void {
    if (this.throttle) {
      answer.writeHead(429, { 'content-type': 'text/plain', 'retry-after': '1' });
      answer.end('Too many requests, please try again later.');
      return;
    }
    const headers = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !name.startsWith(':')));
    const { hostname, port } = this.#target;
    const sent = request({ hostname, port, method: asked.method, path: asked.url, headers, agent: this.#agent });
    sent.on('response', (response) => {
      const passed = Object.entries(response.headers).filter(([name]) => !hopByHop.includes(name));
      answer.writeHead(response.statusCode ?? 502, Object.fromEntries(passed));
      response.on('error', () => answer.stream.close()).pipe(answer);
    });
    sent.on('error', () => answer.stream.close());
    answer.on('close', () => sent.destroy()).on('error', () => undefined);
    asked.pipe(sent);
  }
}
