import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { HttpClient } from '../transport/request/http-client.ts';
import { httpListerWatcher } from '../transport/http-lister-watcher.ts';
import { parseResource, resourceInWords, resourcePath } from '../transport/request/parse-resource.ts';
import type { Selectors } from '../transport/request/request-query.ts';
import type { WarningOptions } from '../transport/request/server-warnings.ts';
import type { HttpOptions } from './connection/http-client-for.ts';

/** The part of a resource that is listed and watched. */
export interface ListWatchSelection extends Selectors, WarningOptions {
  /** Unset or empty: all namespaces, or a resource without namespaces. */
  readonly namespace?: string | undefined;
  /** Asks for metadata alone, as `PartialObjectMetadata`. Default false. */
  readonly metadataOnly?: boolean | undefined;
  /** The longest frame of a watch, in bytes; a longer one is TooLarge. Default 64 MiB. */
  readonly maxFrameBytes?: number | undefined;
  /**
   * The longest item of a list in bytes, and the longest rest of a list that cannot be cut into items, such as a list
   * with white space. A longer one is TooLarge. Default 256 MiB. The number of shorter items has no limit.
   */
  readonly maxItemBytes?: number | undefined;
}

/** Options of {@link listWatch}: the part of the resource, and the connection to the server. */
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
 * The selection of options. Options are read by name, also behind a getter or on a prototype. An option that is missed
 * would silently select more; so an unknown option throws a TypeError.
 */
export function selectionOf(options: ListWatchSelection): ListWatchSelection {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || [...names, ...others].includes(name)) continue;
    throw new TypeError(`${name} is no option of a list and watch; it has ${names.join(', ')}.`);
  }
  return Object.fromEntries(names.map((name) => [name, options[name]] as const));
}

/**
 * Lists and watches a resource, `version/plural` or `group/version/plural`, through an HTTP client.
 *
 * @throws ResourceSyntaxError for a text that names no resource, NamespaceSyntaxError for an invalid namespace,
 * TypeError for a selector that is no text or an unknown option, RangeError for a limit that is no number of bytes.
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
