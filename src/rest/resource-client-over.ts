import type { KubernetesObject } from '../protocol/kubernetes-object.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import type { HttpClient } from '../transport/http-client.ts';
import { httpResourceClient } from '../transport/http-resource-client.ts';
import { parseResource } from '../transport/parse-resource.ts';

/** Reads and writes single objects of a resource through an HTTP client. Throws a ResourceSyntaxError for no resource. */
export function resourceClientOver(http: HttpClient, resource: string): ResourceClient<KubernetesObject> {
  return httpResourceClient({ http, resource: parseResource(resource), now: Date.now });
}
