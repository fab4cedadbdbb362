import type { Credentials, CredentialsQuestion, CredentialsSource } from '../../rest/config/credentials.ts';
import { tlsMaterial } from '../../rest/config/tls-material.ts';
import { contextLogin } from './context-login.ts';
import { impersonationHeaders } from './impersonation-headers.ts';
import { serverUrl } from './server-url.ts';
import { tlsSources } from './tls-sources.ts';
import { proxyOf, tunnelThrough } from './proxy-of.ts';
import type { ContextOptions } from './use-options.ts';
import { quoted, type UsedContext } from './used-context.ts';

/**
 * The credentials of a context, asked for each request. Throws a `KubeConfigError` where its cluster or its user will not do.
 */
export function contextCredentials(used: UsedContext, options: ContextOptions): CredentialsSource {
  const { userName, user = {}, name } = used;
  const { allowInsecureCredentials = false, onWarning = console.warn } = options;
  const server = serverUrl(used);
  const proxy = proxyOf(used, server, options.env);
  const sources = tlsSources(used);
  const impersonation = impersonationHeaders(userName, user);
  const login = contextLogin(used, sources, options);
  if (used.user === undefined && userName !== '')
    onWarning(
      `The context ${quoted(name)} names the user ${quoted(userName)}, which is not there: requests go out without credentials.`,
    );

  if (server.protocol === 'http:') return overPlainHttp();

  function overPlainHttp(): CredentialsSource {
    if (login !== undefined && !allowInsecureCredentials) {
      const message = `The server of the context ${quoted(name)} is plain http: the credentials of the user ${quoted(userName)} are not sent there.`;
      onWarning(`${message} allowInsecureCredentials sends them.`);
    }
    const sent = allowInsecureCredentials ? login : undefined;
    return {
      host: server.origin,
      async read(question) {
        // An https proxy is verified as the cluster says, whose own connections are plain.
        const [tls, material] = await Promise.all([proxy && tlsMaterial(question, sources), sent?.read(question)]);
        const { token } = material ?? {};
        const tunnel = proxy && tunnelThrough(proxy, tls ?? {});
        return { endpoint: { server, tls: {}, tunnel }, headers: { ...impersonation, ...authorization(token) } };
      },
      forget: () => sent?.forget?.(),
    };
  }

  return {
    host: server.origin,
    async read(question: CredentialsQuestion): Promise<Credentials> {
      const [tls, material = {}] = await Promise.all([tlsMaterial(question, sources), login?.read(question)]);
      const { cert, key, token } = material;
      return {
        endpoint: {
          server,
          tls: { ...tls, ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) },
          tunnel: proxy && tunnelThrough(proxy, tls),
        },
        headers: { ...impersonation, ...authorization(token) },
      };
    },
    forget: () => login?.forget?.(),
  };
}

function authorization(token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
