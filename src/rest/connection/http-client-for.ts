import type { HttpClient } from '../../transport/request/http-client.ts';
import type { ConnectionOptions } from './connection-options.ts';

/** What sends requests, of which a caller gives one part or the other. */
export interface HttpOptions {
  /** The deadlines of connections, of the default client: they do not go with `http`. */
  readonly connection?: ConnectionOptions | undefined;
  /** What sends the requests. Default a client of the config, with the deadlines of `connection`. */
  readonly http?: HttpClient | undefined;
}

/** The client that was given, or the one that is made. Throws a TypeError where the deadlines would be for nobody. */
export function httpClientFor(
  { http, connection }: HttpOptions,
  make: (connection?: ConnectionOptions) => HttpClient,
): HttpClient {
  if (http === undefined) return make(connection);
  if (connection === undefined) return http;
  throw new TypeError(
    '`connection` has no effect on the client that is given as `http`. Give one of them; to give both, make that client ' +
      'with these deadlines.',
  );
}
