import { BlockList, isIP } from 'node:net';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The names that are looked for in it. */
export const proxyVariables: readonly string[] = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/** A variable that is to have the address of a proxy, and has none. */
export class ProxyVariableFault extends Error {}

/**
 * The proxy that the environment names for a server, as Go's `ProxyFromEnvironment` finds it: `HTTPS_PROXY` for https,
 * `HTTP_PROXY` for http, each in small letters too; never for this machine itself, nor for what `NO_PROXY` lists: names with all
 * that is below them, `.example.com` for only that, addresses, networks, each with a port or without, `*` for all. Throws a
 * `ProxyVariableFault` for an invalid address, which Go ignores.
 */
export function proxyFromEnvironment(server: URL, env: Environment): URL | undefined {
  const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const given = valueOf(env, variable);
  if (given === undefined || isExcepted(server, valueOf(env, 'NO_PROXY') ?? '')) return undefined;
  const proxy = URL.parse(given.includes('://') ? given : `http://${given}`);
  if (proxy !== null && isProxyScheme(proxy)) return proxy;
  throw new ProxyVariableFault(`${variable} has no address of an http, https or socks5 proxy`);
}

/** Whether a URL may be that of a proxy. */
export function isProxyScheme({ protocol, hostname, username, password }: URL): boolean {
  return /^(?:https?|socks5h?):$/.test(protocol) && hostname !== '' && isEscaped(username) && isEscaped(password);
}

/** Whether each per cent sign begins an escape, as Go wants it. */
function isEscaped(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function valueOf(env: Environment, name: string): string | undefined {
  return env[name] || env[name.toLowerCase()] || undefined;
}

function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === 'localhost' || isLoopback(host)) return true;
  const used = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list.split(',').some((entry) => isListed(entry.trim().toLowerCase(), host, used));
}

function isListed(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return isInNetwork(host, entry);
  const [, inBrackets, plain, ofPort] = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  // An IPv6 address without brackets has no port.
  const name = inBrackets ?? plain ?? entry;
  if (name === '' || (ofPort !== undefined && ofPort !== port)) return false;
  if (isIP(name) !== 0 || isIP(host) !== 0) return isSameAddress(name, host);
  const suffix = name.replace(/^\*/, '');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function isLoopback(host: string): boolean {
  return isInNetwork(host, '127.0.0.0/8') || isInNetwork(host, '::1/128');
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) === 0 || !/^\d+$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}

function isSameAddress(one: string, other: string): boolean {
  const family = isIP(one);
  return family !== 0 && isInNetwork(other, `${one}/${family === 4 ? 32 : 128}`);
}
