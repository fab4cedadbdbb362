import { badRequest, failureStatus, refusal } from '../../../serving/failure-status.ts';
import { resourceWords } from '../../../serving/served-resource.ts';
import type { Catalog } from '../discovery/catalog.ts';
import { isJsonObject } from './json-object.ts';

/**
 * The resource by name that a manifest is an object of, and the object, with the namespace `default` where its kind has namespaces
 * and it names none.
 *
 * @throws KubeError 400 for what is not a manifest, 404 for a kind that is not served or not stored.
 */
export function namedManifest(
  catalog: Catalog,
  manifest: unknown,
): { readonly resource: string; readonly object: object } {
  if (!isJsonObject(manifest)) throw refusal('', badRequest('the manifest is not an object'));
  const { apiVersion, kind, metadata } = manifest;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw refusal('', badRequest('the manifest has no apiVersion, or no kind'));
  }
  const resource = catalog.ofKind(apiVersion, kind);
  if (resource?.storageVersionHash === undefined) {
    const text = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;
    throw refusal('', failureStatus(404, 'NotFound', text));
  }
  const isElsewhere = resource.namespaced && isJsonObject(metadata) && !metadata['namespace'];
  return {
    resource: resourceWords(resource),
    object: isElsewhere ? { ...manifest, metadata: { ...metadata, namespace: 'default' } } : manifest,
  };
}
