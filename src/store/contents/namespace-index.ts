import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';

/** The name under which a lister looks for the index by namespace; client-go's NamespaceIndex. */
export const namespaceIndex = 'namespace';

/**
 * The namespace of an object, `''` for a cluster-scoped one: client-go's MetaNamespaceIndexFunc. With
 * `indexers: { namespace: metaNamespaceIndex }` a `lister` finds the objects of a namespace without looking at others.
 *
 * ```ts
 * const indexed = sharedInformer(podListerWatcher, { indexers: { namespace: metaNamespaceIndex } });
 * console.log(indexed.lister.namespace('kube-system').list().length);
 * ```
 */
export function metaNamespaceIndex(object: KubernetesObject): readonly string[] {
  return [object.metadata.namespace || ''];
}
