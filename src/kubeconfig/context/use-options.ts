import type { Environment } from '../../rest/config/proxy-from-environment.ts';
import type { TokenStore } from '../login/oidc-login.ts';
import type { SharedLogins } from '../login/shared-login.ts';

/** How what a kubeconfig says is used. */
export interface UseOptions {
  /**
   * Sends tokens and the credentials of plugins to a server of plain `http` as well, where anybody on the way reads them. Default
   * false: such a server is asked without credentials, as kubectl does, and `onWarning` is told.
   */
  readonly allowInsecureCredentials?: boolean | undefined;
  /**
   * Where tokens go that an OIDC provider has renewed: into the `file` of the user, as kubectl does it, so that what runs next
   * goes on with them; or kept in `memory` alone. Default `file`.
   */
  readonly renewedTokens?: 'file' | 'memory' | undefined;
  /** Told what works otherwise than it may have been meant. Default `console.warn`. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** {@link UseOptions} with what all contexts of a kubeconfig share. */
export interface ContextOptions extends UseOptions {
  /** The variables that name proxies. */
  readonly env: Environment;
  /** The plugins and OIDC providers of users: one for each user, whatever clusters it is used for. */
  readonly logins: SharedLogins;
  /** Where renewed tokens go, in place of what `renewedTokens` says. */
  readonly tokenStore?: TokenStore | undefined;
}
