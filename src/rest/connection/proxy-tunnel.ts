import type { TlsMaterial } from './endpoint.ts';
import { httpTunnel } from './http-tunnel.ts';
import { socksTunnel } from './socks-tunnel.ts';
import type { Tunnel } from './tunnel.ts';

/** The way through a proxy: `http`, `https` or `socks5`. Its certificate is verified as that of the server is. */
export function proxyTunnel(proxy: URL, { ca, rejectUnauthorized = true }: TlsMaterial): Tunnel {
  if (proxy.protocol.startsWith('socks')) return socksTunnel(proxy);
  return httpTunnel(proxy, { ...(ca !== undefined && { ca }), rejectUnauthorized });
}
