import { collectionOptionNames, type CollectionOptions, optionsNamed } from '../protocol/collection-options.ts';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { HttpClient } from './request/http-client.ts';
import { httpListerWatcher } from './http-lister-watcher.ts';
import { parseResource, resourceInWords, resourcePath } from './request/parse-resource.ts';
import { type ReadingOptions, readingOptionNames } from './request/reading-options.ts';

/** Options of a `listWatch`: which objects are listed and watched, and how they are read. */
export interface ListWatchSelection extends CollectionOptions, ReadingOptions {}

/**
 * Lists and watches a resource, as `version/plural` or `group/version/plural`, through an HTTP client. `others` are names of
 * options that are somebody else's.
 *
 * @throws ResourceSyntaxError where the text names no resource, NamespaceSyntaxError where the namespace can be none,
 * TypeError where a selector is not a string or an option is none, RangeError where a limit is not a number of bytes.
 */
export function listWatchOver<T = KubernetesObject>(
  http: HttpClient,
  resource: string,
  options: ListWatchSelection,
  now: () => number,
  others: readonly string[] = [],
): AwaitableListerWatcher<T> {
  const names = [...collectionOptionNames, ...readingOptionNames];
  const { namespace, ...selection } = optionsNamed(options, names, others);
  const parsed = parseResource(resource);
  return httpListerWatcher({
    ...selection,
    http,
    resource: resourceInWords(parsed, namespace),
    path: resourcePath(parsed, namespace),
    apiVersion: parsed.apiVersion,
    now,
  });
}
