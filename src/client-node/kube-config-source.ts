import type { Context, KubeConfig, User } from '@kubernetes/client-node';
import { contextCredentials } from '../kubeconfig/context/context-credentials.ts';
import { usedContext } from '../kubeconfig/context/used-context.ts';
import type { ContextOptions } from '../kubeconfig/context/use-options.ts';
import type { SharedLogins } from '../kubeconfig/login/shared-login.ts';
import { KubeConfigError } from '../kubeconfig/kube-config-error.ts';
import { CredentialsFailure } from '../rest/config/credentials-failure.ts';
import type { Credentials, CredentialsQuestion, CredentialsSource } from '../rest/config/credentials.ts';
import { clusterFields, contextFields, entriesOf, userFields } from './entries-of.ts';
import { keptTokens } from './kept-tokens.ts';
import { ownLogin, ownLoginKey } from './own-login.ts';

/**
 * The credentials of a `KubeConfig`, in the context that is current when this is made, by the rules for kubeconfigs that kuberx
 * loads itself. Unlike these it may change: what it has counts from the next request on. Throws a `KubeConfigError` where it
 * will not do.
 */
export class KubeConfigSource implements CredentialsSource {
  readonly #kubeConfig: KubeConfig;
  readonly #options: Omit<ContextOptions, 'logins'>;
  #made: { readonly readsFrom: string; readonly source: CredentialsSource };

  constructor(kubeConfig: KubeConfig, options: Omit<ContextOptions, 'logins'>) {
    const { currentContext } = kubeConfig;
    this.#kubeConfig = Object.create(kubeConfig, { currentContext: { value: currentContext } }) as KubeConfig;
    this.#options = options;
    this.#made = this.#make();
  }

  get readsFrom(): string {
    const context = this.#context();
    const cluster = this.#kubeConfig.getCluster(context?.cluster ?? '');
    const user = this.#kubeConfig.getUser(context?.user ?? '');
    const own = ownLoginKey(this.#kubeConfig, user);
    return JSON.stringify([contextFields(context), clusterFields(cluster), userFields(user), own]);
  }

  get host(): string | undefined {
    try {
      return this.#source().host;
    } catch {
      return undefined;
    }
  }

  async read(question: CredentialsQuestion): Promise<Credentials> {
    try {
      return await this.#source().read(question);
    } catch (error) {
      if (error instanceof KubeConfigError) throw new CredentialsFailure(error.message);
      throw error;
    }
  }

  forget(): void {
    this.#made.source.forget?.();
  }

  #source(): CredentialsSource {
    if (this.#made.readsFrom !== this.readsFrom) this.#made = this.#make();
    return this.#made.source;
  }

  #make(): { readonly readsFrom: string; readonly source: CredentialsSource } {
    const kubeConfig = this.#kubeConfig;
    const user = kubeConfig.getUser(this.#context()?.user ?? '');
    const own = ownLogin(kubeConfig, user);
    const isOwn = (each: User | null): boolean => ownLogin(kubeConfig, each) !== undefined;
    const used = usedContext(entriesOf(kubeConfig, kubeConfig.currentContext, isOwn), new Map());
    const options = {
      ...this.#options,
      logins: loginsOf(kubeConfig),
      tokenStore: keptTokens(user),
    };
    const source = contextCredentials(own?.isAll ? { ...used, user: {} } : used, options, own?.login);
    return { readsFrom: this.readsFrom, source };
  }

  #context(): Context | null {
    return this.#kubeConfig.getContextObject(this.#kubeConfig.currentContext);
  }
}

const allLogins = new WeakMap<object, SharedLogins>();

// By its list of users: a KubeConfig that is loaded anew has other users, whatever their names.
function loginsOf(kubeConfig: KubeConfig): SharedLogins {
  const users = (kubeConfig as Partial<KubeConfig>).users ?? kubeConfig;
  const logins: SharedLogins = allLogins.get(users) ?? new Map<never, never>();
  allLogins.set(users, logins);
  return logins;
}
