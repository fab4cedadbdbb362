import type { Socket } from 'node:net';
import type * as Socks from 'socks';
import { hostOf } from './endpoint.ts';
import { nameOfProxy, type Tunnel, TunnelFailure } from './tunnel.ts';

/**
 * A `socks5` proxy, by the package `socks`, which is loaded for the first time when a connection is made. The proxy looks up names,
 * as with kubectl.
 */
export function socksTunnel(proxy: URL): Tunnel {
  const { username, password, port } = proxy;
  const place = {
    host: hostOf({ server: proxy, tls: {} }),
    // Source: RFC 1928, 3.
    port: port === '' ? 1080 : Number(port),
    type: 5 as const,
    ...(username !== '' && { userId: decodeURIComponent(username), password: decodeURIComponent(password) }),
  };

  async function connect(host: string, toPort: number, signal: AbortSignal): Promise<Socket> {
    const { SocksClient } = await loaded();
    const destination = { host, port: toPort };
    try {
      const { socket } = await SocksClient.createConnection({ proxy: place, command: 'connect', destination });
      if (!signal.aborted) return socket;
      socket.destroy();
    } catch (error) {
      throw new TunnelFailure(`gives no connection to ${host} port ${toPort}: ${(error as Error).message}`, error);
    }
    throw new TunnelFailure('did not answer in time');
  }
  return { name: nameOfProxy(proxy), key: proxy.href, connect };
}

async function loaded(): Promise<typeof Socks> {
  try {
    return await import('socks');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new TunnelFailure('needs the package socks, which is not installed: npm install socks');
  }
}
