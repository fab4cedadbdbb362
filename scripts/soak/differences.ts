import { isDeepStrictEqual } from 'node:util';
import { type KubernetesObject, metaNamespaceKey, type Snapshot } from 'kuberx';

/**
 * The differences between a snapshot and the objects of a fresh list: by key, uid and version, and by value if `deep`.
 */
export function differences(
  snapshot: Snapshot<KubernetesObject>,
  expected: readonly KubernetesObject[],
  { deep }: { readonly deep: boolean },
): string[] {
  const wrong: string[] = [];
  for (const object of expected) {
    const key = metaNamespaceKey(object);
    const held = snapshot.getByKey(key);
    const [here, there] = [inWords(held), inWords(object)];
    if (here !== there) wrong.push(`${key} is ${here} instead of ${there}`);
    else if (deep && !isDeepStrictEqual(held, object)) wrong.push(`${key} ${here} has another content`);
  }
  const keys = new Set(expected.map(metaNamespaceKey));
  for (const key of snapshot.keys()) if (!keys.has(key)) wrong.push(`${key} is no more`);
  return wrong;
}

function inWords(object: KubernetesObject | undefined): string {
  return object === undefined ? 'absent' : `${object.metadata.uid ?? ''}@${object.metadata.resourceVersion ?? ''}`;
}
