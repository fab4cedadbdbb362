import type { KubeConfig } from '@kubernetes/client-node';
import { authenticatedHttpClient } from '../rest/config/authenticated-http-client.ts';
import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { CredentialsAsker } from '../rest/config/credentials.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import { KubeConfigCredentials } from './kube-config-credentials.ts';

const askers = new WeakMap<KubeConfig, Map<string, CredentialsAsker>>();

/**
 * An HTTP client for the cluster of a kubeconfig's current context. Connections are shared by all clients in this process
 * that have the same server and the same TLS settings. Credentials are asked for at each request, and once more after a
 * 401; they go to that server alone, because no redirect is followed. Connections and files are touched at the first
 * request, not before.
 *
 * Throws a RangeError on a deadline out of range, and a TypeError on what is no deadline or no KubeConfig.
 */
export function kubeHttpClient(kubeConfig: KubeConfig, options: ConnectionOptions = {}): HttpClient {
  return authenticatedHttpClient(askerOf(kubeConfig), options);
}

function askerOf(kubeConfig: KubeConfig): CredentialsAsker {
  const given = kubeConfig as Partial<KubeConfig> | null | undefined;
  if (typeof given?.getCurrentCluster !== 'function')
    throw new TypeError(
      `a KubeConfig of @kubernetes/client-node is needed, not ${given === null ? 'null' : typeof given}`,
    );
  const ofContexts = askers.get(kubeConfig) ?? new Map<string, CredentialsAsker>();
  askers.set(kubeConfig, ofContexts);
  const asker =
    ofContexts.get(kubeConfig.currentContext) ?? new CredentialsAsker(new KubeConfigCredentials(kubeConfig));
  ofContexts.set(kubeConfig.currentContext, asker);
  return asker;
}
