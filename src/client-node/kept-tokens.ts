import type { KubeConfig } from '@kubernetes/client-node';
import type { OidcConfig, TokenStore } from '../kubeconfig/login/oidc-login.ts';

/**
 * A `KubeConfig` as the place of a user's renewed tokens, where client-node keeps them as well, so that its own clients go on with
 * them. It does not know its file.
 */
export function keptTokens(kubeConfig: KubeConfig, userName: string): TokenStore {
  const configOf = (): Record<string, string> | undefined => {
    const user = kubeConfig.getUser(userName);
    return (user?.authProvider as { config?: Record<string, string> } | null | undefined)?.config;
  };
  return {
    read: () => Promise.resolve<OidcConfig | undefined>(configOf()),
    write(renewed) {
      const config = configOf();
      if (config === undefined || Object.isFrozen(config)) return Promise.resolve(false);
      for (const name of ['id-token', 'refresh-token'] as const) {
        const token = renewed[name];
        if (token !== undefined) config[name] = token;
      }
      return Promise.resolve(true);
    },
  };
}
