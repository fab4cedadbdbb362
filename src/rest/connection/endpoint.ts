import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, type ConnectionOptions as TlsOptions } from 'node:tls';
import type { Tunnel } from './tunnel.ts';

/** The parts of TLS that a config decides. */
export type TlsMaterial = Pick<
  TlsOptions,
  'ca' | 'cert' | 'key' | 'pfx' | 'passphrase' | 'rejectUnauthorized' | 'servername'
>;

/** The server of requests, and the settings of connections to it. */
export interface Endpoint {
  readonly server: URL;
  readonly tls: TlsMaterial;
  /** A way through a proxy. */
  readonly tunnel?: Tunnel | undefined;
}

/** The host in the form that sockets take: an IPv6 address without brackets. */
export function hostOf({ server }: Endpoint): string {
  return server.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The port, or the default one if the URL has none. */
export function portOf({ server }: Endpoint): number {
  return server.port === '' ? (server.protocol === 'https:' ? 443 : 80) : Number(server.port);
}

/**
 * The name that the server's certificate has to have. An address is not a server name in TLS (RFC 6066, 3): no server name
 * is sent then, and the certificate is checked for the address all the same, also through a proxy.
 */
export function serverIdentity(endpoint: Endpoint): Pick<TlsOptions, 'servername' | 'checkServerIdentity'> {
  const name = endpoint.tls.servername ?? hostOf(endpoint);
  if (isIP(name) === 0) return { servername: name };
  return { servername: '', checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate) };
}

/**
 * A digest of the server, TLS material and proxy of a connection. It leaves the bearer token out, which may differ from
 * request to request. Requests with equal digests may share connections.
 */
export function endpointKey({ server, tls, tunnel }: Endpoint): string {
  const hash = createHash('sha256');
  const add = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(add);
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(JSON.stringify([part]));
    hash.update(`${bytes.length}:`).update(bytes);
  };
  add(server.origin);
  add(tunnel?.key);
  for (const name of ['ca', 'cert', 'key', 'pfx', 'passphrase', 'rejectUnauthorized', 'servername'] as const) {
    add(tls[name]);
  }
  return hash.digest('base64');
}
