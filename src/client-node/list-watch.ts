import type { KubeConfig } from '@kubernetes/client-node';
import type { KubernetesObject, PartialObjectMetadata } from '../protocol/objects/kubernetes-object.ts';
import type { AwaitableListerWatcher } from '../protocol/lister-watcher.ts';
import type { Raw } from '../protocol/objects/raw.ts';
import type { ConnectionOptions } from '../rest/connection/connection-options.ts';
import { httpClientFor } from '../rest/connection/http-client-for.ts';
import { type ListWatchOptions, listWatchOver } from '../rest/list-watch-over.ts';
import type { BuiltInResources } from './built-in-resources.ts';
import { kubeHttpClient } from './kube-http-client.ts';

/**
 * Lists and watches a resource of the cluster of a kubeconfig's current context: `version/plural` for the core group,
 * `group/version/plural` for the others. Built-in resources are typed by that text, custom ones by a type argument.
 * Nothing is sent before a list or watch is subscribed to.
 *
 * @throws ResourceSyntaxError where the text names no resource, NamespaceSyntaxError where the namespace can be none,
 * TypeError where both `http` and `connection` are given or a selector is no text or an option is none, RangeError on a deadline or limit out of range.
 */
export function listWatch(
  kubeConfig: KubeConfig,
  resource: string,
  options: ListWatchOptions & { readonly metadataOnly: true },
): AwaitableListerWatcher<PartialObjectMetadata>;
export function listWatch<Name extends keyof BuiltInResources>(
  kubeConfig: KubeConfig,
  resource: Name,
  options?: ListWatchOptions,
): AwaitableListerWatcher<Raw<BuiltInResources[Name]>>;
export function listWatch<T = KubernetesObject>(
  kubeConfig: KubeConfig,
  resource: string,
  options?: ListWatchOptions,
): AwaitableListerWatcher<Raw<T>>;
export function listWatch(
  kubeConfig: KubeConfig,
  resource: string,
  options: ListWatchOptions = {},
): AwaitableListerWatcher<KubernetesObject> {
  const make = (deadlines?: ConnectionOptions) => kubeHttpClient(kubeConfig, deadlines);
  return listWatchOver(httpClientFor(options, make), resource, options);
}
