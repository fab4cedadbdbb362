import { defer, map, type Observable } from 'rxjs';
import { KubeError } from '../protocol/errors/kube-error.ts';
import { acceptResponse } from '../transport/accept-response.ts';
import { readBody } from '../transport/decode/read-body.ts';
import type { HttpClient } from '../transport/request/http-client.ts';

/** Options of {@link getJson}. */
export interface GetJsonOptions {
  /** The `accept` header. Default `application/json`. */
  readonly accept?: string | undefined;
}

/**
 * What a server answers at a path that is not a resource, such as `/version` or `/apis`: one request for each subscription,
 * which emits the parsed body and completes. Unsubscribing aborts. There is no deadline; the type is for the caller to check.
 *
 * Errors with the `KubeError` of the server's Status where the answer is not a 2xx, and with Malformed where it is not JSON.
 *
 * ```ts
 * getJson(kubeHttpClient(kubeConfig), '/version').subscribe((version) => console.log(version));
 * ```
 */
export function getJson(http: HttpClient, path: string, options: GetJsonOptions = {}): Observable<unknown> {
  const { accept = 'application/json' } = options;
  const resource = path.replace(/^\//, '');
  return defer(() => http({ resource, method: 'GET', path, headers: { accept } })).pipe(
    acceptResponse(resource, Date.now),
    readBody(resource),
    map((body) => parsed(resource, body)),
  );
}

function parsed(resource: string, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Its cause would quote what the server sent.
    throw new KubeError({ reason: 'Malformed', resource, message: 'the answer is not JSON' });
  }
}
