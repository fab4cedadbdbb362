import { metaNamespaceKey } from '../../../protocol/objects/object-key.ts';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import { Revision } from '../../../serving/revision.ts';
import { resourceWords } from '../../../serving/served-resource.ts';
import { parseResourceName } from '../requests/resource-path.ts';
import { type Backup, type Collections, storageKey, type StoredState } from './collections.ts';
import { isJsonObject } from './json-object.ts';

/** All that a server stores, as JSON. */
export interface SavedState {
  /** The version of the storage. */
  readonly resourceVersion: string;
  /** The objects by the names of their resources, `v1/pods`, in the order of their keys. */
  readonly objects: Readonly<Record<string, readonly KubernetesObject[]>>;
}

const definitions = 'apiextensions.k8s.io/v1/customresourcedefinitions';

/** All that collections store. */
export function savedState(collections: Collections): SavedState {
  const { version, states } = collections.backUp();
  const objects = Array.from(states.values(), ({ resource, revisions }) => {
    const stored = revisions.map(({ object }) => object);
    return [resourceWords(resource), stored] as const;
  });
  return {
    resourceVersion: String(version),
    objects: Object.fromEntries(objects.filter(([, { length }]) => length > 0)),
  };
}

/**
 * Replaces all that collections store.
 *
 * @throws TypeError for anything but a saved state, or has objects of a resource that is not served, and changes nothing then.
 */
export function loadState(collections: Collections, state: SavedState): void {
  const { version, objects } = checked(state);
  const before = collections.backUp();
  try {
    // What defines a resource is there before its objects are, and is read anew where it is kept already.
    collections.of(parseResourceName(definitions));
    collections.restore({
      version,
      states: statesOf(collections, version, { [definitions]: objects[definitions] ?? [] }),
    });
    collections.restore({ version, states: statesOf(collections, version, objects) });
  } catch (error) {
    collections.restore(before);
    throw error;
  }
}

function statesOf(collections: Collections, version: bigint, objects: SavedState['objects']): Backup['states'] {
  const states = new Map<string, StoredState>();
  for (const [name, stored] of Object.entries(objects)) {
    const resource = collections.catalog.get(parseResourceName(name));
    if (resource?.storageVersionHash === undefined) throw new TypeError(`invalid saved state: ${name} is not served`);
    const revisions = stored.map((object) => revisionOf(name, object, version));
    states.set(storageKey(resource), { resource, revisions });
  }
  return states;
}

function revisionOf(name: string, object: KubernetesObject, saved: bigint): Revision {
  const { resourceVersion = '' } = object.metadata;
  const version = /^\d+$/.test(resourceVersion) ? BigInt(resourceVersion) : saved;
  if (version > saved) throw new TypeError(`invalid saved state: ${name} has an object that is newer than the state`);
  return new Revision(metaNamespaceKey(object), object, version);
}

function checked(state: unknown): { readonly version: bigint; readonly objects: SavedState['objects'] } {
  const { resourceVersion, objects } = isJsonObject(state) ? state : {};
  if (typeof resourceVersion !== 'string' || !/^\d+$/.test(resourceVersion) || !isJsonObject(objects)) {
    throw new TypeError('invalid saved state: expected { resourceVersion, objects }, as save() returns');
  }
  for (const [name, stored] of Object.entries(objects)) {
    if (!Array.isArray(stored) || !stored.every(isStored)) {
      throw new TypeError(
        `invalid saved state: ${JSON.stringify(name)} is not an array of objects with names and uids`,
      );
    }
  }
  return { version: BigInt(resourceVersion), objects: objects as SavedState['objects'] };
}

function isStored(object: unknown): boolean {
  const metadata = isJsonObject(object) ? object['metadata'] : undefined;
  return isJsonObject(metadata) && isNonEmpty(metadata['name']) && isNonEmpty(metadata['uid']);
}

function isNonEmpty(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
