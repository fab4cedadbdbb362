import type { User } from '@kubernetes/client-node';
import type { OidcConfig, TokenStore } from '../kubeconfig/login/oidc-login.ts';

/**
 * The entry of a user in a `KubeConfig` as the place of renewed tokens, where client-node keeps them as well, so that its own
 * clients go on with them. Another user of that name, who is loaded later, gets none of them. Of the file it knows nothing.
 */
export function keptTokens(user: User | null): TokenStore {
  const { config } = (user?.authProvider ?? {}) as { config?: Record<string, string> | null };
  return {
    read: () => Promise.resolve<OidcConfig | undefined>(config ?? undefined),
    write(renewed) {
      if (!config || Object.isFrozen(config)) return Promise.resolve(false);
      for (const name of ['id-token', 'refresh-token'] as const) {
        const token = renewed[name];
        if (token !== undefined) config[name] = token;
      }
      return Promise.resolve(true);
    },
  };
}
