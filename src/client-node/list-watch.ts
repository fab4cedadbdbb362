import type { KubeConfig } from '@kubernetes/client-node';
import type { KubernetesObject, PartialObjectMetadata } from '../protocol/kubernetes-object.ts';
import type { ListerWatcher } from '../protocol/lister-watcher.ts';
import type { Raw } from '../protocol/raw.ts';
import { httpListerWatcher } from '../transport/http-lister-watcher.ts';
import { parseResource, resourceInWords, resourcePath } from '../transport/parse-resource.ts';
import type { Selectors } from '../transport/request-query.ts';
import type { BuiltInResources } from './built-in-resources.ts';
import { httpClientFor, type HttpOptions } from './http-client-for.ts';

/** Options of {@link listWatch}. */
export interface ListWatchOptions extends Selectors, HttpOptions {
  /** Unset or empty: all namespaces, or a resource that has none. */
  readonly namespace?: string | undefined;
  /** Asks for metadata alone, as {@link PartialObjectMetadata}. Default false. */
  readonly metadataOnly?: boolean | undefined;
  /** The longest frame of a watch, in bytes. Default 64 MiB. */
  readonly maxFrameBytes?: number | undefined;
}

/**
 * Lists and watches a resource of the cluster of a kubeconfig's current context: `version/plural` for the core group,
 * `group/version/plural` for the others. Built-in resources are typed by that text, custom ones by a type argument.
 * Nothing is sent before a list or watch is subscribed to.
 *
 * @throws ResourceSyntaxError where the text names no resource, NamespaceSyntaxError where the namespace can be none,
 * TypeError where both `http` and `connection` are given or a selector is no text, RangeError on a deadline out of range.
 */
export function listWatch(
  kubeConfig: KubeConfig,
  resource: string,
  options: ListWatchOptions & { readonly metadataOnly: true },
): ListerWatcher<PartialObjectMetadata>;
export function listWatch<Name extends keyof BuiltInResources>(
  kubeConfig: KubeConfig,
  resource: Name,
  options?: ListWatchOptions,
): ListerWatcher<Raw<BuiltInResources[Name]>>;
export function listWatch<T = KubernetesObject>(
  kubeConfig: KubeConfig,
  resource: string,
  options?: ListWatchOptions,
): ListerWatcher<Raw<T>>;
export function listWatch(
  kubeConfig: KubeConfig,
  resource: string,
  options: ListWatchOptions = {},
): ListerWatcher<KubernetesObject> {
  const { namespace, connection, http, ...rest } = options;
  const parsed = parseResource(resource);
  return httpListerWatcher({
    ...rest,
    http: httpClientFor(kubeConfig, { http, connection }),
    resource: resourceInWords(parsed, namespace),
    path: resourcePath(parsed, namespace),
    apiVersion: parsed.apiVersion,
    now: Date.now,
  });
}
