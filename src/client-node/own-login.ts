import http from 'node:http';
import type { RequestOptions } from 'node:https';
import type { KubeConfig, User } from '@kubernetes/client-node';
import { isHeader } from '../rest/config/is-header.ts';
import { CredentialsFailure } from '../rest/config/credentials-failure.ts';
import type { CredentialsQuestion } from '../rest/config/credentials.ts';
import type { TlsMaterial } from '../rest/connection/endpoint.ts';
import type { Login, LoginMaterial } from '../kubeconfig/login/login.ts';

/** As much of client-node's `Authenticator` as is called. */
interface Authenticator {
  isAuthProvider(user: User): boolean;
  applyAuthentication(user: User, options: RequestOptions): Promise<void>;
}

/**
 * The login of a user by what a program has added to a `KubeConfig` itself. Undefined where it has added nothing that counts for this
 * user. An authenticator (`addAuthenticator`) counts after `exec`, `oidc` and token files, as in client-node. If
 * `applyToHTTPSOptions` is overridden, nothing else counts.
 */
export function ownLogin(
  kubeConfig: KubeConfig,
  user: User | null,
): { readonly login: Login; readonly isAll: boolean } | undefined {
  const words = `the credentials of the user ${user?.name ?? ''}`;
  if (isOverridden(kubeConfig, 'applyToHTTPSOptions')) {
    return { isAll: true, login: loginBy(words, (options) => applied(kubeConfig, options)) };
  }
  const authenticator = authenticatorOf(kubeConfig, user);
  if (authenticator === undefined || user === null) return undefined;
  return { isAll: false, login: loginBy(words, (options) => authenticator.applyAuthentication(user, options)) };
}

const numbers = new WeakMap<object, number>();
let latest = 0;

/** The number of what a program has added itself and counts for a user: another one, once another counts. */
export function ownLoginKey(kubeConfig: KubeConfig, user: User | null): number | undefined {
  const added = isOverridden(kubeConfig, 'applyToHTTPSOptions')
    ? Reflect.get(kubeConfig, 'applyToHTTPSOptions')
    : authenticatorOf(kubeConfig, user);
  if (added === undefined) return undefined;
  const number = numbers.get(added) ?? (latest += 1);
  numbers.set(added, number);
  return number;
}

function authenticatorOf(kubeConfig: KubeConfig, user: User | null): Authenticator | undefined {
  if (user === null || isTaken(user)) return undefined;
  return authenticatorsOf(kubeConfig).find((each) => each.isAuthProvider(user));
}

function isTaken({ exec, authProvider }: User): boolean {
  const { name, config } = (authProvider ?? {}) as { name?: unknown; config?: { tokenFile?: unknown; exec?: unknown } };
  return Boolean(exec) || name === 'oidc' || Boolean(config?.tokenFile) || Boolean(config?.exec);
}

function authenticatorsOf(kubeConfig: KubeConfig): readonly Authenticator[] {
  const added: unknown = Reflect.get(kubeConfig, 'custom_authenticators');
  return Array.isArray(added) ? (added as readonly Authenticator[]) : [];
}

/** Whether a method is another than that of client-node. Any copy of client-node may have made the object. */
function isOverridden(kubeConfig: KubeConfig, method: 'applyToHTTPSOptions'): boolean {
  let base: object = kubeConfig;
  for (;;) {
    const next = Reflect.getPrototypeOf(base);
    if (next === null || next === Object.prototype) return Reflect.get(base, method) !== kubeConfig[method];
    base = next;
  }
}

/** Agents are ours, so that connections are shared: client-node is given one that is not used. */
async function applied(kubeConfig: KubeConfig, options: RequestOptions): Promise<void> {
  const unused = new http.Agent();
  const view = Object.create(kubeConfig, {
    currentContext: { value: kubeConfig.currentContext },
    createAgent: { value: () => unused },
  }) as KubeConfig;
  await view.applyToHTTPSOptions(options);
  if (options.agent !== undefined && options.agent !== unused)
    throw new CredentialsFailure('applyToHTTPSOptions of the KubeConfig sets an agent, which is not used here');
  if (options.auth)
    throw new CredentialsFailure('the user has a password, which no server takes since Kubernetes 1.19');
}

function loginBy(words: string, apply: (options: RequestOptions) => Promise<void>): Login {
  return {
    async read({ waitsFor }: CredentialsQuestion) {
      const options: RequestOptions = { headers: {} };
      waitsFor.add(words);
      try {
        await apply(options);
      } catch (error) {
        // What it says may hold secrets.
        throw error instanceof CredentialsFailure
          ? error
          : new CredentialsFailure(`${words} could not be read or refreshed`);
      } finally {
        waitsFor.delete(words);
      }
      return materialOf(options, words);
    },
  };
}

function materialOf(options: RequestOptions, words: string): LoginMaterial {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value === undefined) continue;
    headers[name.toLowerCase()] = String(value);
    if (!isHeader(String(value)))
      throw new CredentialsFailure(`${words} have characters that no header can have, such as a line end`);
  }
  const names = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'rejectUnauthorized', 'servername'] as const;
  const tls = Object.fromEntries(
    names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  ) as TlsMaterial;
  return { headers, tls };
}
