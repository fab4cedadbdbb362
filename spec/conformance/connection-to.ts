import { connectionOf, loadKubeConfig } from 'kuberx/client-node';
import type { ServerConnection } from 'kuberx/rest';

/** The server and the user of a kubeconfig at a path. The embedded server may speak plain http, and asks for its token there as well. */
export function connectionTo(kubeconfig: string): ServerConnection {
  return connectionOf(loadKubeConfig(kubeconfig), { allowInsecureCredentials: true });
}
