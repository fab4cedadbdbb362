import type { HttpClient } from '../../transport/request/http-client.ts';
import type { ConnectionOptions } from './connection-options.ts';

/** The client that sends requests, or the deadlines of the default client: a caller gives one of the two. */
export interface HttpOptions {
  /** The deadlines of the default client's connections. They do not go with `http`. */
  readonly connection?: ConnectionOptions | undefined;
  /** The client that sends the requests. Default a client of the config, with the deadlines of `connection`. */
  readonly http?: HttpClient | undefined;
}

/** The names of {@link HttpOptions}. */
export const httpOptionNames: readonly (keyof HttpOptions)[] = ['connection', 'http'];

/** The given client, or the default one. Throws a TypeError if both a client and deadlines are given. */
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
