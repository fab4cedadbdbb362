import { createHash } from 'node:crypto';
import type { Agent } from 'node:http';
import { isIP } from 'node:net';
import type { ConnectionOptions as TlsOptions } from 'node:tls';

/** The parts of TLS that a config decides. */
export type TlsMaterial = Pick<
  TlsOptions,
  'ca' | 'cert' | 'key' | 'pfx' | 'passphrase' | 'rejectUnauthorized' | 'servername'
>;

/** Where requests go, and how connections to it are made. */
export interface Endpoint {
  readonly server: URL;
  readonly tls: TlsMaterial;
  /** Where a proxy stands between: an agent that goes through it, and keeps its connections. */
  readonly proxy?: { readonly url: string; readonly agent: Agent };
}

/** The host as sockets want it: an IPv6 address without brackets. */
export function hostOf({ server }: Endpoint): string {
  return server.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The port, also where the URL leaves it out. */
export function portOf({ server }: Endpoint): number {
  return server.port === '' ? (server.protocol === 'https:' ? 443 : 80) : Number(server.port);
}

/** The name that the server's certificate is asked for; an address cannot be one. */
export function serverNameOf(endpoint: Endpoint): string {
  const host = hostOf(endpoint);
  return endpoint.tls.servername ?? (isIP(host) === 0 ? host : '');
}

/**
 * A digest of what a connection depends on: server, TLS material and proxy, but no bearer token, which may differ from
 * request to request. Equal keys may share connections.
 */
export function endpointKey({ server, tls, proxy }: Endpoint): string {
  const hash = createHash('sha256');
  const add = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(add);
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(JSON.stringify([part]));
    hash.update(`${bytes.length}:`).update(bytes);
  };
  add(server.origin);
  add(proxy?.url);
  for (const name of ['ca', 'cert', 'key', 'pfx', 'passphrase', 'rejectUnauthorized', 'servername'] as const) {
    add(tls[name]);
  }
  return hash.digest('base64');
}
