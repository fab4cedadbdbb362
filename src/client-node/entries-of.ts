import type { Cluster, Context, KubeConfig, User } from '@kubernetes/client-node';
import type { KubeConfigEntries } from '../kubeconfig/file/entries.ts';
import { cluster, context, SyntaxFault, user } from '../kubeconfig/file/fields.ts';
import { KubeConfigError } from '../kubeconfig/kube-config-error.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What client-node has loaded, or what a program has put into its `KubeConfig`, in the form of a kubeconfig, at a context. Names of the
 * file are taken as well as those of client-node: `caData` and `certificate-authority-data`. `hasOwnLogin` says which users are let
 * in otherwise than by `exec` and `auth-provider`, which are left out. Throws a `KubeConfigError` Syntax for a field of another
 * kind, as where a file has it.
 */
export function entriesOf(
  kubeConfig: KubeConfig,
  currentContext: string | undefined,
  hasOwnLogin: (user: User | null) => boolean,
): KubeConfigEntries {
  const { clusters, users, contexts } = kubeConfig as Partial<KubeConfig>;
  try {
    return {
      clusters: named('clusters', clusters, (name, at) => cluster(clusterFields(kubeConfig.getCluster(name)), at)),
      users: named('users', users, (name, at) => {
        const entry = kubeConfig.getUser(name);
        const { exec, 'auth-provider': provider, ...rest } = userFields(entry);
        return user(hasOwnLogin(entry) ? rest : { ...rest, exec, 'auth-provider': provider }, at);
      }),
      contexts: named('contexts', contexts, (name, at) =>
        context(contextFields(kubeConfig.getContextObject(name)), at),
      ),
      currentContext: currentContext === '' ? undefined : currentContext,
    };
  } catch (error) {
    if (error instanceof SyntaxFault)
      throw new KubeConfigError('Syntax', `the KubeConfig is invalid: ${error.message}.`);
    throw error;
  }
}

function named<T>(
  list: string,
  entries: readonly { readonly name: unknown }[] | undefined,
  read: (name: string, place: { readonly path: string }) => T,
): ReadonlyMap<string, T> {
  if (!Array.isArray(entries ?? [])) throw new SyntaxFault(`${list} is not a list`);
  const all = new Map<string, T>();
  (entries ?? []).forEach(({ name }, index) => {
    if (typeof name !== 'string') throw new SyntaxFault(`${list}[${index}].name is not a string`);
    // client-node finds the first of a name.
    if (!all.has(name)) all.set(name, read(name, { path: `${list}[${index}].` }));
  });
  return all;
}

/** The fields of a cluster, by the names of the file. */
export function clusterFields(entry: Cluster | null): Fields {
  const at = fieldOf(entry);
  return {
    server: at('server'),
    'certificate-authority': at('caFile', 'certificate-authority'),
    'certificate-authority-data': at('caData', 'certificate-authority-data'),
    'insecure-skip-tls-verify': at('skipTLSVerify', 'insecure-skip-tls-verify'),
    'tls-server-name': at('tlsServerName', 'tls-server-name'),
    'proxy-url': at('proxyUrl', 'proxy-url'),
    'disable-compression': at('disable-compression'),
    extensions: at('extensions'),
  };
}

/** The fields of a user, by the names of the file. */
export function userFields(entry: User | null): Fields {
  const at = fieldOf(entry);
  const provider = at('authProvider', 'auth-provider');
  const config = fieldOf(fieldOf(provider)('config'));
  // Two forms in which client-node keeps what a user has.
  const [ofFile, ofPlugin] = [config('tokenFile') || undefined, config('exec') || undefined];
  return {
    'client-certificate': at('certFile', 'client-certificate'),
    'client-certificate-data': at('certData', 'client-certificate-data'),
    'client-key': at('keyFile', 'client-key'),
    'client-key-data': at('keyData', 'client-key-data'),
    token: at('token'),
    tokenFile: at('tokenFile') ?? ofFile,
    as: at('impersonateUser', 'as'),
    'as-uid': at('as-uid'),
    'as-groups': at('as-groups'),
    'as-user-extra': at('as-user-extra'),
    username: at('username'),
    password: at('password'),
    exec: at('exec') ?? ofPlugin,
    'auth-provider': ofFile === undefined && ofPlugin === undefined ? provider : undefined,
  };
}

/** The fields of a context. */
export function contextFields(entry: Context | null): Fields {
  const at = fieldOf(entry);
  return { cluster: at('cluster'), user: at('user'), namespace: at('namespace') };
}

/** Reads fields by name, also behind a getter or on a prototype; the first that is there counts. */
function fieldOf(entry: unknown): (...names: readonly string[]) => unknown {
  if (typeof entry !== 'object' || entry === null) return () => undefined;
  return (...names) => names.map((name): unknown => Reflect.get(entry, name)).find((value) => (value ?? '') !== '');
}
