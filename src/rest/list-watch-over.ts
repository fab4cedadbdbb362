import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import { httpListerWatcher } from '../transport/http-lister-watcher.ts';
import { parseResource, resourceInWords, resourcePath } from '../transport/request/parse-resource.ts';
import type { Selectors } from '../transport/request/request-query.ts';
import type { WarningOptions } from '../transport/request/server-warnings.ts';
import type { HttpOptions } from './connection/http-client-for.ts';

/** What is listed and watched of a resource. */
export interface ListWatchSelection extends Selectors, WarningOptions {
  /** Unset or empty: all namespaces, or a resource that has none. */
  readonly namespace?: string | undefined;
  /** Asks for metadata alone, as `PartialObjectMetadata`. Default false. */
  readonly metadataOnly?: boolean | undefined;
  /** The longest frame of a watch, in bytes; a longer one is TooLarge. Default 64 MiB. */
  readonly maxFrameBytes?: number | undefined;
  /**
   * The longest item of a list, in bytes, and as much of a list that cannot be cut into items, such as one with white space;
   * what is longer is TooLarge. Default 256 MiB. Of items that are shorter a list may have any number.
   */
  readonly maxItemBytes?: number | undefined;
}

/** Options of {@link listWatch}: what is listed and watched, and how the server is reached. */
export interface ListWatchOptions extends ListWatchSelection, HttpOptions {}

const names = [
  'namespace',
  'labelSelector',
  'fieldSelector',
  'metadataOnly',
  'maxFrameBytes',
  'maxItemBytes',
  'onWarning',
] as const satisfies readonly (keyof ListWatchSelection)[];
const others: readonly string[] = ['http', 'connection'] satisfies (keyof HttpOptions)[];

/**
 * What options select, read by name, so that it counts behind a getter and on a prototype too: without it, more would be
 * selected, in silence. Throws a TypeError for an option that there is not, for the same reason.
 */
export function selectionOf(options: ListWatchSelection): ListWatchSelection {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || [...names, ...others].includes(name)) continue;
    throw new TypeError(`${name} is no option of a list and watch; it has ${names.join(', ')}.`);
  }
  return Object.fromEntries(names.map((name) => [name, options[name]] as const));
}

/**
 * Lists and watches a resource, as `version/plural` or `group/version/plural`, through an HTTP client.
 *
 * @throws ResourceSyntaxError where the text names no resource, NamespaceSyntaxError where the namespace can be none,
 * TypeError where a selector is no text or an option is none, RangeError where a limit is no number of bytes.
 */
export function listWatchOver<T = KubernetesObject>(
  http: HttpClient,
  resource: string,
  options: ListWatchSelection,
): AwaitableListerWatcher<T> {
  const { namespace, ...selection } = selectionOf(options);
  const parsed = parseResource(resource);
  return httpListerWatcher({
    ...selection,
    http,
    resource: resourceInWords(parsed, namespace),
    path: resourcePath(parsed, namespace),
    apiVersion: parsed.apiVersion,
    now: Date.now,
  });
}
