import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { resetSocket } from '#src/testing/apiserver/wire/reset-socket.ts';
import { DaemonFailed } from '../controlplane/daemon.ts';
import { onFreePort } from '../controlplane/free-port.ts';

/** The way from one consumer to the server: a TCP proxy on a loopback port that follows orders. */
export class FaultyPath {
  readonly #server: Server;
  readonly #clients = new Map<Socket, Socket>();
  readonly #nextPort: () => number;
  #port = 0;
  #drops = false;
  #stalls = false;

  private constructor(nextPort: () => number) {
    this.#nextPort = nextPort;
    this.#server = createServer({ noDelay: true }, (client) => this.#join(client));
  }

  /** @param nextPort - The loopback port that the next connection goes to. */
  static async start(nextPort: () => number): Promise<FaultyPath> {
    const path = new FaultyPath(nextPort);
    await onFreePort(async (port) => {
      path.#port = port;
      await path.open();
    });
    return path;
  }

  get port(): number {
    return this.#port;
  }

  /** Breaks every connection, as when a process is killed. */
  cut(): void {
    for (const client of this.#clients.keys()) resetSocket(client);
  }

  /** Breaks every connection, and refuses new ones until {@link open}. */
  refuse(): void {
    this.#server.close();
    this.cut();
  }

  /** Breaks every connection, also new ones, as a load balancer without a server does, until {@link open}. */
  drop(): void {
    this.#drops = true;
    this.cut();
  }

  /** Lets nothing through, on connections that stand and on new ones, until {@link flow}. */
  stall(): void {
    this.#stalls = true;
    for (const pair of this.#clients) for (const socket of pair) socket.pause();
  }

  /** Lets everything through that was held back, and what follows. */
  flow(): void {
    this.#stalls = false;
    for (const pair of this.#clients) for (const socket of pair) socket.resume();
  }

  /** Ends it. */
  stop(): void {
    this.refuse();
  }

  /** Takes connections, and passes them on. */
  async open(): Promise<void> {
    this.#drops = false;
    if (this.#server.listening) return;
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening').catch((error: unknown) => {
      throw new DaemonFailed('a path cannot listen', String(error));
    });
  }

  #join(client: Socket): void {
    if (this.#drops) {
      resetSocket(client);
      return;
    }
    const server = connect({ port: this.#nextPort(), host: '127.0.0.1', noDelay: true });
    this.#clients.set(client, server);
    client
      .on('error', () => undefined)
      .once('close', () => {
        this.#clients.delete(client);
        server.destroy();
      });
    server
      .on('error', () => undefined)
      .once('close', (failed) => (failed ? resetSocket(client) : client.destroySoon()));
    client.pipe(server);
    server.pipe(client);
    if (this.#stalls) for (const socket of [client, server]) socket.pause();
  }
}
