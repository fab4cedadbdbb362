import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { apiVersionOf, resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import type { CollectionHooks, ObjectOrigin } from '../objects/collection.ts';
import type { JsonObject } from '../objects/json-object.ts';
import { builtInKind } from '../types/built-in-schema.ts';
import { builtInFaults } from './built-in-faults.ts';
import { changedObjects, createdObjects } from './created-objects.ts';
import { goForm } from './go-form.ts';
import { fillDefaults } from './type-defaults.ts';

/** What the objects of a resource have that each may have alone: the addresses and ports of services. */
function taken(objects: Iterable<KubernetesObject>): ReadonlySet<unknown> {
  const all = new Set<unknown>();
  for (const object of objects) {
    const { clusterIP, ports = [] } = (object as unknown as { spec: { clusterIP?: string; ports?: readonly object[] } })
      .spec;
    all.add(clusterIP);
    for (const port of ports) all.add((port as { readonly nodePort?: number }).nodePort);
  }
  return all;
}

/**
 * What is done to objects of a built-in resource as a kube-apiserver does it: they are read by their types, and what they lack is
 * filled in. Nothing is done to those of a kind that has no type.
 *
 * @param stored - The objects that there are.
 */
export function builtInHooks(
  resource: ServedResource,
  { timestamp, random }: ObjectOrigin,
  stored: () => Iterable<KubernetesObject>,
): CollectionHooks {
  const schema = builtInKind(apiVersionOf(resource), resource.kind);
  if (schema === undefined) return {};
  const words = resourceWords(resource);
  const created = Object.hasOwn(createdObjects, words) ? createdObjects[words] : undefined;
  const faults = Object.hasOwn(builtInFaults, words) ? builtInFaults[words] : undefined;
  const changed = Object.hasOwn(changedObjects, words) ? changedObjects[words] : undefined;
  return {
    read: (content) => {
      const { metadata, ...parts } = content;
      return goForm(schema, { ...parts, metadata }, (type, struct) => {
        // The metadata of an object are read already.
        if (type === schema.name) struct['metadata'] = metadata;
        fillDefaults(type, struct);
      });
    },
    ...(faults !== undefined && { faults }),
    ...(created !== undefined && {
      created: (content: JsonObject, name: string, id: () => string) => {
        const all = taken(words === 'v1/services' ? stored() : []);
        return created(content, { name, uid: id, timestamp, random, isFree: (value) => !all.has(value) });
      },
    }),
    ...(changed !== undefined && {
      changed: (content: JsonObject, current: KubernetesObject) => changed(content, current as unknown as JsonObject),
    }),
  };
}
