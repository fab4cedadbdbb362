import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { ApiServer } from 'kuberx/testing/apiserver';

/** A connection on which anything is sent; it ends with the test. */
export class RawConnection {
  readonly socket: Socket;
  /** What has come so far, a character for each byte. */
  text = '';
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined).on('data', (bytes: Buffer) => (this.text += bytes.toString('latin1')));
    onTestFinished(() => void socket.destroy());
  }

  /** Encrypted where the server is, with these protocols to choose from; `plain`: not encrypted in any case. */
  static async to(
    { url, ca }: ApiServer,
    protocols: readonly string[] | 'plain' = ['http/1.1'],
  ): Promise<RawConnection> {
    const { hostname: host, port, protocol } = new URL(url);
    const isPlain = protocol === 'http:' || protocols === 'plain';
    const socket = isPlain
      ? connect({ host, port: Number(port) })
      : connectTls({ host, port: Number(port), ALPNProtocols: [...protocols], ...(ca !== undefined && { ca }) });
    const connection = new RawConnection(socket);
    await new Promise<void>((resolve) => {
      socket.once(isPlain ? 'connect' : 'secureConnect', resolve).once('close', resolve);
    });
    return connection;
  }

  send(text: string | Uint8Array): this {
    if (!this.socket.destroyed) this.socket.write(text);
    return this;
  }
}
