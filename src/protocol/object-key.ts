import type { ObjectMeta } from './kubernetes-object.ts';

/**
 * The key under which a cache holds an object: `namespace/name`, or the bare `name` of a cluster-scoped one.
 * client-go's MetaNamespaceKeyFunc. Names and namespaces cannot contain a slash, so keys do not collide.
 */
export function metaNamespaceKey(object: { readonly metadata: Pick<ObjectMeta, 'name' | 'namespace'> }): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}
