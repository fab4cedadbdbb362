import type { KubeConfig } from '@kubernetes/client-node';
import type { HttpClient } from '../transport/http-client.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { kubeHttpClient } from './kube-http-client.ts';

/** What sends requests, of which a caller gives one part or the other. */
export interface HttpOptions {
  /** The deadlines of connections, of the default client: they do not go with `http`. */
  readonly connection?: ConnectionOptions | undefined;
  /** What sends the requests. Default `kubeHttpClient(kubeConfig, connection)`. */
  readonly http?: HttpClient | undefined;
}

/** The client that was given, or the default one. Throws a TypeError where the deadlines would be for nobody. */
export function httpClientFor(kubeConfig: KubeConfig, { http, connection }: HttpOptions): HttpClient {
  if (http === undefined) return kubeHttpClient(kubeConfig, connection);
  if (connection === undefined) return http;
  throw new TypeError(
    '`connection` has no effect on the client that is given as `http`. Give one of them; to give both, make the client ' +
      'of the deadlines: kubeHttpClient(kubeConfig, connection).',
  );
}
