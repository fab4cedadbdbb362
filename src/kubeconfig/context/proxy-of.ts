import {
  type Environment,
  isProxyScheme,
  proxyFromEnvironment,
  ProxyVariableFault,
} from '../../rest/config/proxy-from-environment.ts';
import { KubeConfigError } from '../kube-config-error.ts';
import { quoted, type UsedContext } from './used-context.ts';

/**
 * The proxy of a context: that of its cluster, or the one that the environment names for its server. Throws a `KubeConfigError` for
 * an address that is not an http, https or socks5 URL, which is not told, as it may have a password.
 */
export function proxyOf({ clusterName, cluster }: UsedContext, server: URL, env: Environment): URL | undefined {
  const given = cluster['proxy-url'];
  if (given === undefined) return fromEnvironment(server, env);
  const proxy = /^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(given) ? URL.parse(given) : null;
  if (proxy !== null && isProxyScheme(proxy) && proxy.protocol !== 'socks5h:') return proxy;
  const message = `the cluster ${quoted(clusterName)} has a proxy-url that is not a URL of an http, https or socks5 proxy.`;
  throw new KubeConfigError('Proxy', message);
}

function fromEnvironment(server: URL, env: Environment): URL | undefined {
  try {
    return proxyFromEnvironment(server, env);
  } catch (error) {
    if (error instanceof ProxyVariableFault) throw new KubeConfigError('Proxy', `${error.message}.`);
    throw error;
  }
}
