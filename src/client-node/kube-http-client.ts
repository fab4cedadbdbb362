import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { restHttpClient } from '../rest/rest-http-client.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import { type AnyKubeConfig, sharedConnection } from './connection-of.ts';

/**
 * An HTTP client for the cluster of a kubeconfig's current context. All clients in this process with the same server
 * and the same TLS settings share their connections. Each request asks for credentials, and once more after a 401. They
 * go to that server alone, because no redirect is followed. The first request is the first to touch connections and
 * files.
 *
 * Throws a KubeConfigError where its cluster or its user will not do, a RangeError for a deadline out of range, and a TypeError for an
 * unknown deadline or anything but a kubeconfig.
 *
 * ```ts
 * getJson(kubeHttpClient(kubeConfig), '/version').subscribe(render);
 * ```
 */
export function kubeHttpClient(kubeConfig: AnyKubeConfig, options: ConnectionOptions = {}): HttpClient {
  return restHttpClient(sharedConnection(kubeConfig), options);
}
