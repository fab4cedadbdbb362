import type { CredentialsSource } from './credentials.ts';

/**
 * How to reach a server, where more than a `RestConfig` is needed: a loaded kubeconfig is one. What takes a `RestConfig` takes
 * it as well. Whatever asks the same source shares its answers: one run of a credential plugin for any number of informers.
 */
export interface ServerConnection {
  /**
   * Where requests go, and as whom: asked for each request, and once more after a 401. The same object as long as the same
   * server and user are meant. To read it throws where they will not do.
   */
  readonly credentialsSource: CredentialsSource;
}
