import type { Environment } from './proxy-from-environment.ts';

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

/** {@link UseOptions} with the variables that name proxies. */
export interface ContextOptions extends UseOptions {
  readonly env: Environment;
}
