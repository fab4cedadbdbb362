import { printable } from '../protocol/errors/printable.ts';

/**
 * Why a kubeconfig will not do.
 *
 * - `NotFound`: there is no kubeconfig in the places that were looked at.
 * - `Unreadable`: a file is there, and the system does not give it.
 * - `Syntax`: a file is not YAML, or not a kubeconfig: a field of another kind, two entries of one name, another version.
 * - `NoContext`: no context is chosen, neither by the kubeconfig nor by its user.
 * - `UnknownContext`: there is no context of that name.
 * - `UnknownCluster`: the context names no cluster, or one that is not there.
 * - `Server`: the cluster has no address, or one that is not an http or https URL.
 * - `Tls`: what the cluster or the user says of certificates contradicts itself, or is incomplete.
 * - `BasicAuth`: the user has a name and a password, which no server takes any more.
 * - `AuthProvider`: the user has a legacy `auth-provider` that is not taken, or an incomplete one.
 * - `Exec`: the user's credential plugin is configured in a way that cannot be run.
 * - `Impersonation`: groups, a uid or extras of somebody, without the name of that user.
 * - `Token`: the user's token can be no header.
 * - `Proxy`: the proxy's address is none.
 */
export type KubeConfigReason =
  | 'NotFound'
  | 'Unreadable'
  | 'Syntax'
  | 'NoContext'
  | 'UnknownContext'
  | 'UnknownCluster'
  | 'Server'
  | 'Tls'
  | 'BasicAuth'
  | 'AuthProvider'
  | 'Exec'
  | 'Impersonation'
  | 'Token'
  | 'Proxy';

/**
 * A kubeconfig that will not do. The message names the file or the entry and what to do; of what stands in it, it holds
 * names and paths alone.
 */
export class KubeConfigError extends Error {
  readonly reason: KubeConfigReason;

  constructor(reason: KubeConfigReason, message: string) {
    super(printable(message));
    this.name = 'KubeConfigError';
    this.reason = reason;
  }
}
