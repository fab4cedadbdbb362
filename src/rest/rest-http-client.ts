import type { HttpClient } from '../transport/request/http-client.ts';
import { authenticatedHttpClient } from './config/authenticated-http-client.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';
import { CredentialsAsker } from './config/credentials.ts';
import type { RestConfig } from './config/rest-config.ts';
import { RestCredentials } from './config/rest-credentials.ts';

/**
 * An HTTP client for the server of a config. Connections are shared by all clients in this process that have the same
 * server and the same TLS settings. Files are read at each request, and once more after a 401: a new token counts from the
 * next request on, a new CA or client certificate from the next connection on, which the next request opens. Credentials go
 * to that server alone, because no redirect is followed. Connections and files are touched at the first request, not before.
 *
 * @throws RestConfigError where the config will not do, RangeError on a deadline out of range,
 * TypeError on what is no deadline.
 */
export function restHttpClient(config: RestConfig, options: ConnectionOptions = {}): HttpClient {
  return authenticatedHttpClient(new CredentialsAsker(new RestCredentials(config)), options);
}
