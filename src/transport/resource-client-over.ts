import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { ResourceClient } from '../protocol/resource-client.ts';
import type { HttpClient } from './request/http-client.ts';
import { httpResourceClient } from './http-resource-client.ts';
import { parseResource } from './request/parse-resource.ts';
import type { AnswerOptions } from './request/reading-options.ts';

/**
 * Reads and writes single objects of a resource through an HTTP client. Throws a ResourceSyntaxError for no resource, and a
 * TypeError for an `onWarning` that is not a function, and for `exactIntegers` in an engine that cannot do it.
 */
export function resourceClientOver(
  http: HttpClient,
  resource: string,
  { onWarning, exactIntegers }: AnswerOptions,
  now: () => number,
): ResourceClient<KubernetesObject> {
  return httpResourceClient({ http, resource: parseResource(resource), now, onWarning, exactIntegers });
}
