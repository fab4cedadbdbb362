import http from 'node:http';
import https from 'node:https';
import net, { isIPv6, type Socket } from 'node:net';
import tls from 'node:tls';
import { hostOf, portOf, serverIdentity, type TlsMaterial } from './endpoint.ts';
import type { SentHeaders } from './sent-request.ts';
import { nameOfProxy, type Tunnel, TunnelFailure } from './tunnel.ts';

/** What a proxy's certificate is verified by. */
export type ProxyTls = Pick<TlsMaterial, 'ca' | 'rejectUnauthorized'>;

/**
 * An `http` or `https` proxy: `CONNECT` for servers over TLS, requests with the whole URL for others. A name and a password in its
 * URL are sent to it as basic authentication.
 */
export function httpTunnel(proxy: URL, material: ProxyTls): Tunnel {
  const endpoint = { server: proxy, tls: material };
  const place = { host: hostOf(endpoint), port: portOf(endpoint) };
  const isOverTls = proxy.protocol === 'https:';
  const overTls = { ...material, ...serverIdentity(endpoint), ALPNProtocols: ['http/1.1'] };
  const headers = authorization(proxy);

  function connect(host: string, port: number, signal: AbortSignal): Promise<Socket> {
    const path = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
    const open = isOverTls ? https.request : http.request;
    const options = { ...(isOverTls && overTls), ...place, method: 'CONNECT', path, agent: false as const, signal };
    return new Promise((resolve, reject) => {
      const asked = open({ ...options, headers: { host: path, ...headers } });
      asked.once('connect', ({ statusCode }, socket: Socket, head: Buffer) => {
        if (head.length > 0) socket.unshift(head);
        if (statusCode === 200) {
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(new TunnelFailure(`answered ${statusCode} to CONNECT ${path}`));
      });
      asked.once('response', (response) => {
        response.destroy();
        reject(new TunnelFailure(`answered ${response.statusCode} to CONNECT ${path}`));
      });
      asked.once('error', (error) => reject(failed(error)));
      asked.end();
    });
  }

  function toProxy(signal: AbortSignal): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = isOverTls ? tls.connect({ ...overTls, ...place }) : net.connect(place);
      const end = (): void => void socket.destroy(new TunnelFailure('did not answer in time'));
      signal.addEventListener('abort', end, { once: true });
      const fail = (error: Error): void => reject(failed(error));
      socket.once('error', fail);
      socket.once(isOverTls ? 'secureConnect' : 'connect', () => {
        signal.removeEventListener('abort', end);
        socket.off('error', fail);
        resolve(socket);
      });
    });
  }

  return {
    name: nameOfProxy(proxy),
    key: JSON.stringify([proxy.href, material]),
    connect,
    forward: { connect: toProxy, headers },
  };
}

function authorization({ username, password }: URL): SentHeaders {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function failed(error: Error): TunnelFailure {
  if (error instanceof TunnelFailure) return error;
  if (error.name === 'AbortError') return new TunnelFailure('did not answer in time');
  return new TunnelFailure(`cannot be reached: ${error.message}`, error);
}
