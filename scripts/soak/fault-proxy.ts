import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { resetSocket } from '#src/testing/apiserver/wire/reset-socket.ts';
import { DaemonFailed } from '../controlplane/daemon.ts';
import { onFreePort } from '../controlplane/free-port.ts';
import { ByteConnection } from './byte-connection.ts';
import { type Fault, faultName } from './fault.ts';
import type { FaultOccasion } from './fault-plan.ts';
import { Http1Connection } from './http1-connection.ts';
import type { ProxiedConnection, ProxyPort } from './proxied-connection.ts';
import type { Downtime } from '../recovery/staleness.ts';

/** The server behind a {@link FaultProxy}, and its faults. */
export interface FaultProxyOptions {
  /** The loopback port of the server. */
  readonly target: number;
  /** `http1` for a server without TLS: requests and the lines of watches are known. `bytes` for any other. */
  readonly protocol: 'http1' | 'bytes';
  /** The next fault: asked for each connection of `bytes`, for each request of `http1`, and after a fault that ends nothing. */
  readonly next: (occasion: FaultOccasion) => Fault | undefined;
}

/** A TCP proxy on a free loopback port that breaks its traffic by a plan, and counts its faults. */
export class FaultProxy {
  /** The times without a listener, in which no client could connect. */
  readonly downtimes: Downtime[] = [];
  readonly #options: FaultProxyOptions;
  readonly #server: Server;
  readonly #connections = new Map<Socket, ProxiedConnection>();
  readonly #upstream = new Set<Socket>();
  readonly #counts = new Map<string, number>();
  #port = 0;
  #calm = false;
  #refusing: NodeJS.Timeout | undefined;

  private constructor(options: FaultProxyOptions) {
    this.#options = options;
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client));
  }

  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options);
    await onFreePort(async (port) => {
      proxy.#server.listen(port, '127.0.0.1');
      await once(proxy.#server, 'listening').catch((error: unknown) => {
        throw new DaemonFailed('the proxy cannot listen', String(error));
      });
    });
    proxy.#port = (proxy.#server.address() as AddressInfo).port;
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** The number of faults that have happened, by name. A planned fault that found no bytes does not count. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** The number of open connections of clients. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Stops the faults, and takes the planned ones back. Stalled and half-open connections stay so. */
  calm(): void {
    this.#calm = true;
    for (const connection of this.#connections.values()) connection.disarm();
  }

  /** Starts the faults again, also for the current traffic. */
  trouble(): void {
    this.#calm = false;
    for (const connection of this.#connections.values()) connection.arm();
  }

  /** Closes everything at once. */
  async stop(): Promise<void> {
    clearTimeout(this.#refusing);
    const closed = this.#server.listening ? once(this.#server.close(), 'close') : undefined;
    this.#reset();
    for (const server of this.#upstream) server.destroy();
    await closed;
  }

  #accept(client: Socket): void {
    const port: ProxyPort = {
      connect: () => this.#connect(),
      next: (occasion) => (this.#calm ? undefined : this.#options.next(occasion)),
      happened: (fault) => this.#happened(fault),
    };
    client.on('error', () => undefined);
    client.once('close', () => this.#connections.delete(client));
    const { protocol } = this.#options;
    // Known before its first fault, which may be to reset all that is known.
    this.#connections.set(client, { arm: () => undefined, disarm: () => undefined });
    const connection = protocol === 'http1' ? new Http1Connection(client, port) : new ByteConnection(client, port);
    if (this.#connections.has(client)) this.#connections.set(client, connection);
  }

  #connect(): Socket {
    const server = connect({ port: this.#options.target, host: '127.0.0.1', noDelay: true });
    this.#upstream.add(server);
    server.on('error', () => undefined);
    server.once('close', () => this.#upstream.delete(server));
    return server;
  }

  #happened(fault: Fault): void {
    if (fault.kind === 'refuse') {
      this.#reset();
      if (this.#refusing !== undefined) return;
      this.#server.close();
      const start = Date.now();
      this.#refusing = setTimeout(() => {
        this.#refusing = undefined;
        this.#server.listen(this.#port, '127.0.0.1');
        this.downtimes.push({ start, end: Date.now() });
      }, fault.milliseconds);
    }
    const name = faultName(fault);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  #reset(): void {
    for (const client of this.#connections.keys()) resetSocket(client);
  }
}
