import { createHash } from 'node:crypto';
import type { Agent } from 'node:http';
import { isIP } from 'node:net';
import { checkServerIdentity, type ConnectionOptions as TlsOptions } from 'node:tls';

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
  readonly proxy?: { readonly url: string; readonly agent: ProxyAgent };
}

/** An agent as Node makes them: its options come before those of a request. */
export type ProxyAgent = Agent & { readonly options: object };

/** The host as sockets want it: an IPv6 address without brackets. */
export function hostOf({ server }: Endpoint): string {
  return server.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The port, also where the URL leaves it out. */
export function portOf({ server }: Endpoint): number {
  return server.port === '' ? (server.protocol === 'https:' ? 443 : 80) : Number(server.port);
}

/**
 * Whom the server's certificate has to name. An address is no server name of TLS (RFC 6066, 3): none is sent then, and the
 * certificate is asked for the address all the same, whatever stands between.
 */
export function serverIdentity(endpoint: Endpoint): Pick<TlsOptions, 'servername' | 'checkServerIdentity'> {
  const name = endpoint.tls.servername ?? hostOf(endpoint);
  if (isIP(name) === 0) return { servername: name };
  return { servername: '', checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate) };
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
