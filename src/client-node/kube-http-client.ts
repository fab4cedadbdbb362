import type { KubeConfig } from '@kubernetes/client-node';
import { authenticatedHttpClient } from '../rest/config/authenticated-http-client.ts';
import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { CredentialsAsker } from '../rest/config/credentials.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import { KubeConfigCredentials } from './kube-config-credentials.ts';

const askers = new WeakMap<KubeConfig, Map<string, CredentialsAsker>>();

/**
 * An HTTP client for the cluster of a kubeconfig's current context. All clients in this process with the same server
 * and the same TLS settings share their connections. Each request asks for credentials, and once more after a 401. They
 * go to that server alone, because no redirect is followed. The first request is the first to touch connections and
 * files.
 *
 * Throws a RangeError for a deadline out of range, and a TypeError for an unknown deadline or anything but a
 * KubeConfig.
 *
 * ```ts
 * getJson(kubeHttpClient(kubeConfig), '/version').subscribe(render);
 * ```
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
