import type { ChildProcess } from 'node:child_process';
import http from 'node:http';
import type { RequestOptions } from 'node:https';
import type { KubeConfig, User } from '@kubernetes/client-node';
import {
  type Credentials,
  CredentialsFailure,
  type CredentialsQuestion,
  type CredentialsSource,
} from '../rest/config/credentials.ts';
import type { ProxyAgent, TlsMaterial } from '../rest/connection/endpoint.ts';
import { readAfresh } from '../rest/config/read-afresh.ts';

/**
 * The credentials of a kubeconfig, in the context that is current when this is made. The answers of plugins and issuers
 * are kept here and not by client-node, for one definition of user and cluster. client-node keeps them by the user's
 * name: after another file is loaded, the token of the old user would be sent, or go to another server.
 */
export class KubeConfigCredentials implements CredentialsSource {
  readonly #kubeConfig: KubeConfig;
  #kept: { readonly readsFrom: string; readonly authenticators: readonly object[] } | undefined;

  constructor(kubeConfig: KubeConfig) {
    this.#kubeConfig = boundTo(kubeConfig);
  }

  get readsFrom(): string {
    return JSON.stringify([this.#kubeConfig.getCurrentCluster(), this.#kubeConfig.getCurrentUser()]);
  }

  get host(): string | undefined {
    return URL.parse(String(this.#kubeConfig.getCurrentCluster()?.server))?.origin;
  }

  read(question: CredentialsQuestion): Promise<Credentials> {
    const user = this.#kubeConfig.getCurrentUser();
    return this.#read(question, user).catch((error: unknown) => {
      throw new CredentialsFailure(failureOf(user, error));
    });
  }

  forget(): void {
    this.#kept = undefined;
  }

  /** A view of the kubeconfig with its current user, cluster and kept answers, unchanged by a later load. */
  #asOfNow(): KubeConfig {
    const [cluster, user] = [this.#kubeConfig.getCurrentCluster(), this.#kubeConfig.getCurrentUser()];
    const { readsFrom } = this;
    if (this.#kept?.readsFrom !== readsFrom)
      this.#kept = { readsFrom, authenticators: withoutMemory(Reflect.get(this.#kubeConfig, 'authenticators')) };
    return Object.create(this.#kubeConfig, {
      authenticators: { value: this.#kept.authenticators },
      getCurrentCluster: { value: () => cluster },
      getCurrentUser: { value: () => user },
    }) as KubeConfig;
  }

  async #read({ signal, waitsFor }: CredentialsQuestion, user: User | null): Promise<Credentials> {
    const kubeConfig = this.#asOfNow();
    const cluster = kubeConfig.getCurrentCluster();
    if (cluster === null) throw new NoCluster();
    const server = new URL(cluster.server);
    const options: RequestOptions = {};
    const plugin = pluginOf(user);
    const words =
      plugin === undefined ? `the credentials of the user ${user?.name ?? ''}` : `the credential plugin ${plugin}`;
    waitsFor.add(words);
    await withoutTokenFile(withPluginsEnded(kubeConfig, signal)).applyToHTTPSOptions(options);
    waitsFor.delete(words);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = String(value);
    if (options.auth) headers['authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    const file = tokenFileOf(user);
    // Read each time: it is small, and a file that rotates may keep its time of change.
    if (file !== undefined) {
      waitsFor.add(`the file ${file}`);
      headers['authorization'] = `Bearer ${(await readAfresh(file)).trim()}`;
    }
    for (const [name, value] of Object.entries(headers)) http.validateHeaderValue(name, value);
    const { proxyUrl } = cluster;
    return {
      endpoint: {
        server,
        tls: tlsMaterialOf(options),
        ...(proxyUrl && { proxy: { url: proxyUrl, agent: keptAlive(options.agent as ProxyAgent) } }),
      },
      headers,
    };
  }
}

class NoCluster extends Error {}

/**
 * A view of a kubeconfig that keeps its current context, sees changes of users and clusters, and makes an agent each
 * time, with today's certificates. client-node refuses plain `http:` servers unless TLS verification is off, which
 * means nothing without TLS.
 */
function boundTo(kubeConfig: KubeConfig): KubeConfig {
  const { currentContext } = kubeConfig;
  return Object.create(kubeConfig, {
    currentContext: { value: currentContext },
    agentCache: { get: () => new Map() },
    getCurrentCluster: {
      value: () => {
        const cluster = kubeConfig.getCluster(kubeConfig.getContextObject(currentContext)?.cluster ?? '');
        return String(cluster?.server).startsWith('http:') ? { ...cluster, skipTLSVerify: true } : cluster;
      },
    },
  }) as KubeConfig;
}

/** Views of authenticators that have kept no answer yet: of plugins, of an issuer, of a token file. */
function withoutMemory(authenticators: unknown): readonly object[] {
  if (!Array.isArray(authenticators)) return [];
  return (authenticators as readonly object[]).map((authenticator) => {
    const view = Object.create(authenticator) as object;
    for (const [name, empty] of Object.entries({ tokenCache: {}, currentTokenExpiration: 0, token: null }))
      if (Reflect.has(authenticator, name)) Reflect.set(view, name, empty);
    return view;
  });
}

type Start = (...args: readonly unknown[]) => ChildProcess;

/** A view of a kubeconfig whose plugins are killed when the signal is aborted. client-node waits for them for ever. */
function withPluginsEnded(kubeConfig: KubeConfig, signal: AbortSignal): KubeConfig {
  const authenticators: unknown = Reflect.get(kubeConfig, 'authenticators');
  if (!Array.isArray(authenticators)) return kubeConfig;
  const ended = (authenticators as readonly object[]).map((authenticator) => {
    const start: unknown = Reflect.get(authenticator, 'execFn');
    if (typeof start !== 'function') return authenticator;
    const execFn: Start = (...args) => endedBy(signal, (start as Start)(...args));
    return Object.create(authenticator, { execFn: { value: execFn } }) as object;
  });
  return Object.create(kubeConfig, { authenticators: { value: ended } }) as KubeConfig;
}

/** A view of a kubeconfig whose token file client-node does not read: its read would block this process. */
function withoutTokenFile(kubeConfig: KubeConfig): KubeConfig {
  const user = kubeConfig.getCurrentUser();
  if ((user?.authProvider as { name?: unknown } | undefined)?.name !== 'tokenFile') return kubeConfig;
  return Object.create(kubeConfig, {
    getCurrentUser: { value: () => ({ ...user, authProvider: undefined }) },
  }) as KubeConfig;
}

function endedBy(signal: AbortSignal, plugin: ChildProcess): ChildProcess {
  const end = (): void => {
    // Kills the plugin as Go kills a command. Processes that the plugin has started may live on, and hold the pipes
    // open.
    plugin.kill('SIGKILL');
    plugin.stdout?.destroy();
    plugin.stderr?.destroy();
    plugin.stdin?.destroy();
  };
  signal.addEventListener('abort', end, { once: true });
  return plugin.once('close', () => signal.removeEventListener('abort', end));
}

function pluginOf(user: User | null): string | undefined {
  const exec = user?.exec as { command?: unknown } | undefined;
  return typeof exec?.command === 'string' ? exec.command : undefined;
}

/**
 * The `tokenFile` of a user, which client-node does not read, or of its in-cluster form, which it keeps for a minute.
 */
function tokenFileOf(user: User | null): string | undefined {
  const { tokenFile, authProvider } = (user ?? {}) as { tokenFile?: unknown; authProvider?: unknown };
  const { config } = (authProvider ?? {}) as { config?: { tokenFile?: unknown } };
  return [tokenFile, config?.tokenFile].find((file) => typeof file === 'string' && file !== '') as string | undefined;
}

function tlsMaterialOf(options: RequestOptions): TlsMaterial {
  // Always set: Node takes an unset value from its environment, and the token could go to any server.
  const { ca, cert, key, pfx, passphrase, rejectUnauthorized = true, servername } = options;
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(pfx !== undefined && { pfx }),
    ...(passphrase !== undefined && { passphrase }),
    rejectUnauthorized,
    ...(servername !== undefined && { servername }),
  };
}

// client-node makes its agents without it, and would open a connection for each request.
function keptAlive(agent: ProxyAgent): ProxyAgent {
  return Object.assign(agent, { keepAlive: true });
}

// The output and the arguments of a plugin may hold secrets: an error has neither.
function failureOf(user: User | null, error: unknown): string {
  if (error instanceof NoCluster) return 'the kubeconfig has no current context, or its cluster is missing';
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === 'ERR_INVALID_URL') return 'the server address of the cluster is not a URL';
  if (code === 'ERR_INVALID_CHAR')
    return `the credentials of the user ${user?.name ?? ''} have characters that no header can have, such as a line end`;
  const plugin = pluginOf(user);
  if (plugin !== undefined) {
    const couldNotStart = syscall?.startsWith('spawn') ? `could not be started: ${code}` : 'failed: run it to see why';
    return `the credential plugin ${plugin} ${couldNotStart}`;
  }
  if (code !== undefined && path !== undefined) return `the file ${path} could not be read: ${code}`;
  return `the credentials of the user ${user?.name ?? ''} could not be read or refreshed`;
}
