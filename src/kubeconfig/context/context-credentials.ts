import type { Credentials, CredentialsQuestion, CredentialsSource } from '../../rest/config/credentials.ts';
import type { TlsMaterial } from '../../rest/connection/endpoint.ts';
import type { Tunnel } from '../../rest/connection/tunnel.ts';
import { tlsMaterial } from '../../rest/config/tls-material.ts';
import type { Login, LoginMaterial } from '../login/login.ts';
import { contextLogin } from './context-login.ts';
import { impersonationHeaders } from './impersonation-headers.ts';
import { serverUrl } from './server-url.ts';
import { tlsSources } from './tls-sources.ts';
import { proxyOf } from './proxy-of.ts';
import type { ContextOptions } from './use-options.ts';
import { quoted, type UsedContext } from './used-context.ts';

/**
 * The credentials of a context, asked for each request. `own` lets its user in besides what the entry of the user says, which
 * goes before it. Throws a `KubeConfigError` where the cluster or the user will not do.
 */
export function contextCredentials(used: UsedContext, options: ContextOptions, own?: Login): CredentialsSource {
  const { userName, user = {}, name } = used;
  const { allowInsecureCredentials = false, onWarning = console.warn } = options;
  const server = serverUrl(used);
  const proxy = proxyOf(used, server, options.env);
  const sources = tlsSources(used);
  const impersonation = impersonationHeaders(userName, user);
  const login = joined(contextLogin(used, sources, options), own);
  if (used.user === undefined && userName !== '')
    onWarning(
      `The context ${quoted(name)} names the user ${quoted(userName)}, which is not there: requests go out without credentials.`,
    );
  const isPlain = server.protocol === 'http:';
  if (isPlain && login !== undefined && !allowInsecureCredentials) {
    const message = `The server of the context ${quoted(name)} is plain http: the credentials of the user ${quoted(userName)} are not sent there.`;
    onWarning(`${message} allowInsecureCredentials sends them.`);
  }
  const sent = isPlain && !allowInsecureCredentials ? undefined : login;
  // An https proxy is verified as the cluster says, also where its own connections are plain.
  const isTls = !isPlain || proxy !== undefined;
  let latest: LoginMaterial = {};

  return {
    host: server.origin,
    async read(question: CredentialsQuestion): Promise<Credentials> {
      const [ofCluster, material = {}] = await Promise.all([
        isTls ? tlsMaterial(question, sources) : {},
        sent?.read(question),
      ]);
      latest = material;
      const { cert, key, token, headers } = material;
      const tls = {
        ...ofCluster,
        ...material.tls,
        ...(cert !== undefined && { cert }),
        ...(key !== undefined && { key }),
      };
      const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
      return {
        endpoint: { server, tls: isPlain ? {} : tls, tunnel: proxy && (await tunnelThrough(proxy, ofCluster)) },
        headers: { ...impersonation, ...headers, ...bearer },
      };
    },
    forget: () => sent?.forget?.(latest),
  };
}

// Loaded when it is needed: few have a proxy.
async function tunnelThrough(proxy: URL, material: TlsMaterial): Promise<Tunnel> {
  const { proxyTunnel } = await import('../../rest/connection/proxy-tunnel.ts');
  return proxyTunnel(proxy, material);
}

function joined(login: Login | undefined, own: Login | undefined): Login | undefined {
  if (login === undefined || own === undefined) return login ?? own;
  return { read: async (question) => ({ ...(await own.read(question)), ...(await login.read(question)) }) };
}
