import { fetchHttpClient, type FetchHttpClientOptions } from '../transport/request/fetch-http-client.ts';
import type { HttpClient } from '../transport/request/http-client.ts';

/** What requests are sent through: an HTTP client, or the options of one over `fetch`. */
export type HttpSource = HttpClient | FetchHttpClientOptions;

/** The HTTP client of a source. Throws as `fetchHttpClient` does, and a TypeError for what is neither. */
export function httpClientOf(source: HttpSource): HttpClient {
  if (typeof source === 'function') return source;
  const { server } = Object(source) as Partial<FetchHttpClientOptions>;
  if (typeof server !== 'string')
    throw new TypeError(
      'the first argument is neither an HTTP client, as pageConnection makes one, nor { server }. Nothing was sent.',
    );
  return fetchHttpClient(source);
}
