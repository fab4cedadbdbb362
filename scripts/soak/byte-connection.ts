import type { Socket } from 'node:net';
import { isByteFault } from './fault.ts';
import { FaultyPipe } from './faulty-pipe.ts';
import { flow, type ProxiedConnection, type ProxyPort } from './proxied-connection.ts';

/**
 * Passes the bytes of a connection on without reading them: for TLS. It has one fault at a time, for its whole life.
 */
export class ByteConnection implements ProxiedConnection {
  readonly #port: ProxyPort;
  readonly #pipe: FaultyPipe;

  constructor(client: Socket, port: ProxyPort) {
    this.#port = port;
    const pipe = new FaultyPipe(client, (fault) => {
      port.happened(fault);
      if (fault.kind === 'delay') this.arm();
    });
    this.#pipe = pipe;
    const server = port.connect();
    client.on('data', (bytes) => {
      if (!pipe.deaf) flow(client, server, server.write(bytes));
    });
    server.on('data', (bytes) => flow(server, client, pipe.write(bytes)));
    server.once('close', () => pipe.end());
    client.once('close', () => server.destroy());
    this.arm();
  }

  arm(): void {
    const fault = this.#port.next('connection');
    if (fault?.kind === 'refuse') this.#port.happened(fault);
    else this.#pipe.arm(fault && isByteFault(fault) ? fault : undefined);
  }

  disarm(): void {
    this.#pipe.arm(undefined);
  }
}
