import type { CredentialsSource } from './credentials.ts';

/**
 * A server whose credentials are asked for at each request. A loaded kubeconfig is one. Everything that takes a
 * `RestConfig` takes it as well. All users of the same source share its answers: one run of a credential plugin for any
 * number of informers.
 */
export interface ServerConnection {
  /**
   * The server and the user of requests, asked for each request, and once more after a 401. It is the same object as
   * long as the same server and user are meant. Reading it throws if they are invalid.
   */
  readonly credentialsSource: CredentialsSource;
}
