import { map, NEVER, type Observable } from 'rxjs';
import { printable } from 'kuberx';
import { NamespaceSyntaxError, ResourceSyntaxError } from 'kuberx/http';
import type { LoadedKubeConfig } from 'kuberx/kubeconfig';
import { discovery, listWatch } from 'kuberx/rest';
import type { ClusterArguments, Selection } from './arguments/arguments.ts';
import { kubeConfigOf } from './kube-config.ts';
import { resolveResource, type ResolvedResource } from './resource/resolve-resource.ts';
import type { Source } from './source.ts';
import { StartError } from './start-error.ts';

/**
 * A resource of the cluster that a kubeconfig names, once it is known which one is meant. Throws a `StartError` where the
 * kubeconfig will not do, and errors with one where the resource will not.
 */
export function clusterSource(cluster: ClusterArguments): Observable<Source> {
  const kubeConfig = kubeConfigOf(cluster);
  const { resource, namespaces } = cluster;
  return resolveResource(discovery(kubeConfig), resource, namespaces, kubeConfig.namespace).pipe(
    map((resolved) => sourceOf(kubeConfig, resolved, cluster)),
  );
}

/** A resource as a source. Throws a `StartError` where it is none, or its namespace. */
export function sourceOf(
  kubeConfig: LoadedKubeConfig,
  { name, namespace }: ResolvedResource,
  selection: Selection,
): Source {
  const listerWatcher = checked(() =>
    listWatch(kubeConfig, name, { ...selectorsOf(selection), ...(namespace === undefined ? {} : { namespace }) }),
  );
  return {
    listerWatcher,
    title: {
      resource: name,
      namespace,
      place: printable(kubeConfig.currentContext ?? ''),
      server: serverOf(kubeConfig),
    },
    pods: name === 'v1/pods',
    activity$: NEVER,
    close: () => Promise.resolve(),
  };
}

/** Host and port of the server, the port also where its address leaves it out. */
function serverOf({ credentialsSource: { host = '' } }: LoadedKubeConfig): string {
  const url = URL.parse(host);
  if (url === null) return '';
  return printable(`${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`);
}

/** A name of a server or of a kubeconfig may be none. */
function checked<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ResourceSyntaxError || error instanceof NamespaceSyntaxError)) throw error;
    throw new StartError(printable(error.message), error);
  }
}

/** The part of the arguments that selects objects. */
export function selectorsOf({ labelSelector, fieldSelector }: Selection): Selection {
  return {
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  };
}
