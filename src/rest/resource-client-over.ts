import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import { httpResourceClient } from '../transport/http-resource-client.ts';
import { parseResource } from '../transport/request/parse-resource.ts';
import type { WarningOptions } from '../transport/request/server-warnings.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';

/** Options of a resource client: the deadlines of its connections, and a callback for the server's warnings. */
export interface ResourceClientOptions extends ConnectionOptions, WarningOptions {}

/**
 * Reads and writes single objects of a resource through an HTTP client. Throws a ResourceSyntaxError for a text that
 * names no resource, and a TypeError for an `onWarning` that is no function.
 */
export function resourceClientOver(
  make: (connection: ConnectionOptions) => HttpClient,
  resource: string,
  { onWarning, ...connection }: ResourceClientOptions = {},
): ResourceClient<KubernetesObject> {
  return httpResourceClient({ http: make(connection), resource: parseResource(resource), now: Date.now, onWarning });
}
