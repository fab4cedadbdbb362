import type { HttpClient } from '../transport/request/http-client.ts';
import { authenticatedHttpClient } from './config/authenticated-http-client.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';
import { CredentialsAsker } from './config/credentials-asker.ts';
import type { CredentialsSource } from './config/credentials.ts';
import type { RestConfig } from './config/rest-config.ts';
import { RestCredentials } from './config/rest-credentials.ts';
import type { ServerConnection } from './config/server-connection.ts';

/**
 * An HTTP client for the server of a config or of a loaded kubeconfig. All clients in this process with the same server
 * and the same TLS settings share their connections. Files are read at each request, and once more after a 401: a new
 * token counts from the next request on, a new CA or client certificate from the next connection on, which the next
 * request opens. Credentials go to that server alone, because no redirect is followed. The first request is the first
 * to touch connections and files.
 *
 * ```ts
 * getJson(restHttpClient(inClusterConfig()), '/version').subscribe(render);
 * ```
 *
 * @throws RestConfigError for an invalid config, the error of a kubeconfig for an invalid context, RangeError for a
 * deadline out of range, TypeError for an unknown deadline.
 */
export function restHttpClient(config: RestConfig | ServerConnection, options: ConnectionOptions = {}): HttpClient {
  const asker = isConnection(config)
    ? askerOf(config.credentialsSource)
    : new CredentialsAsker(new RestCredentials(config));
  return authenticatedHttpClient(asker, options);
}

function isConnection(config: RestConfig | ServerConnection): config is ServerConnection {
  return typeof config === 'object' && (config as unknown) !== null && 'credentialsSource' in config;
}

const askers = new WeakMap<CredentialsSource, CredentialsAsker>();

function askerOf(source: CredentialsSource): CredentialsAsker {
  const asker = askers.get(source) ?? new CredentialsAsker(source);
  askers.set(source, asker);
  return asker;
}
