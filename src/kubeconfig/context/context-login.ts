import { isHeader } from '../../rest/config/is-header.ts';
import { contentOf } from '../../rest/config/content-of.ts';
import type { CredentialsQuestion } from '../../rest/config/credentials.ts';
import { hasCertificate } from '../../rest/config/pem.ts';
import type { TlsSources } from '../../rest/config/tls-material.ts';
import type { AuthProviderConfig } from '../file/entries.ts';
import { tokenFileStore } from '../file/token-file-store.ts';
import { proxyVariables } from '../../rest/config/proxy-from-environment.ts';
import { KubeConfigError } from '../kube-config-error.ts';
import { checkedExec } from '../login/exec-config.ts';
import { type ExecCluster, execLogin } from '../login/exec-login.ts';
import type { Login } from '../login/login.ts';
import { oidcLogin, type TokenStore } from '../login/oidc-login.ts';
import { redefine, sharedLogin } from '../login/shared-login.ts';
import { tokenLogin } from '../login/token-login.ts';
import type { ContextOptions } from './use-options.ts';
import { quoted, type UsedContext } from './used-context.ts';

/**
 * How the user of a context is let in, besides by a client certificate of their own. Undefined where nothing is needed for it. A
 * token goes before a plugin, and so does a client certificate, as in kubectl. Throws a `KubeConfigError` for what cannot be taken.
 */
export function contextLogin(used: UsedContext, tls: TlsSources, options: ContextOptions): Login | undefined {
  const { userName, user = {} } = used;
  const { token, tokenFile, username, password, exec, 'auth-provider': authProvider } = user;
  const whose = `the user ${quoted(userName)}`;
  if (username !== undefined || password !== undefined) {
    const message = `${whose} has a username or a password, which no server takes since Kubernetes 1.19; use a token, a client certificate or a credential plugin.`;
    throw new KubeConfigError('BasicAuth', message);
  }
  if (exec !== undefined && authProvider !== undefined)
    throw new KubeConfigError('Exec', `${whose} has exec and an auth-provider; keep one of them.`);
  const plugin = exec && checkedExec(whose, exec);
  if (token !== undefined && (!isHeader(token) || token.trim() !== token))
    throw new KubeConfigError(
      'Token',
      `the token of ${whose} can be no header: it has a line end, or white space around it.`,
    );
  // An error names a file that cannot be read.
  if (/[\r\n]|(?:^|[\\/])eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(tokenFile ?? ''))
    throw new KubeConfigError(
      'Token',
      `tokenFile of ${whose} is not a path but a token; that is to be given as token.`,
    );
  const provider = authProvider && oidcOf(used, authProvider, options);
  if (token !== undefined || tokenFile !== undefined) return tokenLogin(token, tokenFile);
  if (provider !== undefined) return provider;
  const hasCertificateOfItsOwn = tls.cert !== undefined || tls.certFile !== undefined;
  if (plugin === undefined || hasCertificateOfItsOwn) return undefined;
  const { cluster, clusterName } = used;
  // What it is told of a cluster may decide what it gives.
  const told = plugin.provideClusterInfo ? [clusterName, cluster] : [];
  return sharedLogin(options.logins, ['exec', userName, ...told.slice(0, 1)], [plugin, ...told], () =>
    execLogin(plugin, (question) => execCluster(used, tls, question)),
  );
}

async function execCluster(
  { cluster }: UsedContext,
  { ca, caFile }: TlsSources,
  question: CredentialsQuestion,
): Promise<ExecCluster> {
  const { server, 'proxy-url': proxyUrl, extensions } = cluster;
  const authority = caFile === undefined ? ca : await contentOf(question, caFile, 'certificate in PEM', hasCertificate);
  const config = extensions?.find(({ name }) => name === 'client.authentication.k8s.io/exec')?.extension;
  return {
    server,
    'tls-server-name': cluster['tls-server-name'],
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
    'certificate-authority-data': authority === undefined ? undefined : Buffer.from(authority).toString('base64'),
    'proxy-url': proxyUrl,
    'disable-compression': cluster['disable-compression'],
    config: config ?? null,
  };
}

function oidcOf(
  { userName, userFile }: UsedContext,
  { name, config = {} }: AuthProviderConfig,
  options: ContextOptions,
): Login {
  const { allowInsecureCredentials = false, renewedTokens = 'file', onWarning = console.warn, env } = options;
  const whose = `the user ${quoted(userName)}`;
  if (name !== 'oidc') throw refusedProvider(whose, name);
  const issuer = URL.parse(config['idp-issuer-url'] ?? '');
  if (issuer === null || !/^https?:$/.test(issuer.protocol))
    throw new KubeConfigError('AuthProvider', `${whose} has oidc without an http or https URL as idp-issuer-url.`);
  if (!config['client-id']) throw new KubeConfigError('AuthProvider', `${whose} has oidc without a client-id.`);
  const user = { name: quoted(userName), issuer, config, allowInsecure: allowInsecureCredentials, env };
  const isFile = renewedTokens === 'file' && userFile !== undefined;
  const given = options.tokenStore ?? (isFile ? tokenFileStore(userFile, userName, onWarning) : inMemory);
  // Where its tokens may go, and by which proxy, is up to each connection.
  const key = ['oidc', userName, allowInsecureCredentials, proxyVariables.map((variable) => env[variable])];
  const store: TokenStore = {
    read: () => given.read(),
    async write(renewed) {
      const isWritten = await given.write(renewed);
      // What defines the user has these tokens from now on, and the login knows which of them are refused.
      if (isWritten && options.tokenStore !== undefined) redefine(options.logins, key, login, renewed);
      return isWritten;
    },
  };
  const login = oidcLogin(user, store);
  return sharedLogin(options.logins, key, config, () => login);
}

const inMemory: TokenStore = { read: () => Promise.resolve(undefined), write: () => Promise.resolve(true) };

const successors: Readonly<Record<string, string>> = {
  gcp: 'gke-gcloud-auth-plugin, by "gcloud container clusters get-credentials"',
  azure: 'kubelogin, by "kubelogin convert-kubeconfig"',
};

function refusedProvider(whose: string, name: string | undefined): KubeConfigError {
  const instead = successors[name ?? ''] ?? 'a credential plugin (exec) or a token';
  const message = `${whose} has the auth-provider ${quoted(name ?? '')}, which Kubernetes has removed; use ${instead}.`;
  return new KubeConfigError('AuthProvider', message);
}
