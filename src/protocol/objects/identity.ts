import type { KubernetesObject } from './kubernetes-object.ts';
import { compareResourceVersions } from './resource-version.ts';

/** True where both are the same object at two times: their uids are equal, or one has no uid. The caller has compared their keys. */
export function isSameObject(a: KubernetesObject, b: KubernetesObject): boolean {
  const { uid } = a.metadata;
  return !uid || !b.metadata.uid || uid === b.metadata.uid;
}

/** True where both are the same revision of the same object. Their contents are then equal. */
export function isSameRevision(a: KubernetesObject, b: KubernetesObject): boolean {
  if (a === b) return true;
  const version = a.metadata.resourceVersion;
  return Boolean(version) && version === b.metadata.resourceVersion && isSameObject(a, b);
}

/** True unless both versions are known, can be ordered, and `version` is not the later one. */
export function isNewer(version: string | undefined, than: string | undefined): boolean {
  if (!version || !than) return true;
  const order = compareResourceVersions(version, than);
  return order === undefined || order > 0;
}
