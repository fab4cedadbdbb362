import { type KubernetesObject, metaNamespaceKey } from 'kuberx';
import { parseResource, resourcePath } from 'kuberx/http';
import type { ListWatchOptions } from 'kuberx/client-node';
import { connectionTo } from './connection-to.ts';
import { rawSuccess } from './raw-request.ts';
import type { Server } from './server.ts';

interface RawList {
  readonly apiVersion: string;
  readonly kind: string;
  readonly items: readonly KubernetesObject[] | null;
}

/**
 * The objects of a resource by their keys, of a consistent list without pages, read without the library's decoder: what
 * a cache has to agree with. Items of built-in resources lack kind and apiVersion on the wire; they are given them.
 */
export async function freshList(
  { kubeconfig }: Pick<Server, 'kubeconfig'>,
  resource: string,
  { namespace, labelSelector, fieldSelector, metadataOnly = false }: ListWatchOptions,
): Promise<Record<string, KubernetesObject>> {
  const query = new URLSearchParams({
    ...(labelSelector !== undefined && { labelSelector }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  });
  const path = `${resourcePath(parseResource(resource), namespace)}?${query.toString()}`;
  const accept = `application/json${metadataOnly ? ';as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' : ''}`;
  const { apiVersion, kind, items } = (await rawSuccess(connectionTo(kubeconfig), 'GET', path, {
    accept,
  })) as RawList;
  const type = { apiVersion, kind: kind.replace(/List$/, '') };
  return Object.fromEntries((items ?? []).map((item) => [metaNamespaceKey(item), { ...type, ...item }]));
}
