import type { KubernetesObject, ObjectMeta } from '../protocol/objects/kubernetes-object.ts';

/**
 * A small object for specs: `buildObject('default/a', '5')` is version 5 of the Pod `a`, with a uid made of its key. A
 * key without a slash makes a cluster-scoped object. Members of `rest` win, also those of its metadata.
 *
 * ```ts
 * const object = buildObject('default/a', '5', { metadata: { labels: { app: 'web' } } });
 * ```
 */
export function buildObject(
  key: string,
  resourceVersion: string,
  rest: { readonly metadata?: Partial<ObjectMeta>; readonly [field: string]: unknown } = {},
): KubernetesObject {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  const names = slash < 0 ? { name } : { namespace: key.slice(0, slash), name };
  const metadata = { ...names, uid: `uid of ${key}`, resourceVersion, ...rest.metadata };
  return { apiVersion: 'v1', kind: 'Pod', ...rest, metadata };
}
