import { DeletedFinalStateUnknown } from './deleted-final-state-unknown.ts';
import { KeyError } from './key-error.ts';
import type { ObjectMeta } from './kubernetes-object.ts';

/** An object that has a key: its metadata has a name. */
export interface Keyed {
  readonly metadata: Pick<ObjectMeta, 'name' | 'namespace'>;
}

/**
 * The key under which a cache holds an object: `namespace/name`, or the bare `name` of a cluster-scoped one.
 * client-go's MetaNamespaceKeyFunc. Names and namespaces cannot contain a slash, so keys do not collide.
 *
 * Throws a {@link KeyError} for anything but an object with a name, and says what was given.
 *
 * ```ts
 * console.log(metaNamespaceKey({ metadata: { namespace: 'default', name: 'web-0' } })); // default/web-0
 * ```
 */
export function metaNamespaceKey(object: Keyed): string {
  const flaw = flawOf(object);
  if (flaw !== undefined) throw new KeyError(`cannot key ${flaw}`);
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

/** True for the key of an object, which is compared without being made. False for any key of an object without one. */
export function isKeyOf(given: unknown, object: Keyed): given is string {
  const { name, namespace } = (object as Partial<Keyed> | null | undefined)?.metadata ?? {};
  if (typeof given !== 'string' || typeof name !== 'string' || name === '') return false;
  if (!namespace) return given === name;
  const length = namespace.length + 1 + name.length;
  return (
    given.length === length && given[namespace.length] === '/' && given.startsWith(namespace) && given.endsWith(name)
  );
}

/**
 * The key of an object, or of the object that a tombstone stands for, even where its last state is unknown.
 * client-go's DeletionHandlingMetaNamespaceKeyFunc. Throws a {@link KeyError}.
 *
 * ```ts
 * const tombstone = new DeletedFinalStateUnknown('default/web-0', undefined);
 * console.log(deletionHandlingMetaNamespaceKey(tombstone)); // default/web-0
 * ```
 */
export function deletionHandlingMetaNamespaceKey(object: Keyed | DeletedFinalStateUnknown<unknown>): string {
  return object instanceof DeletedFinalStateUnknown ? object.key : metaNamespaceKey(object);
}

/**
 * The namespace and the name in a key. The namespace of a bare name is empty. client-go's
 * SplitMetaNamespaceKey. Either part may be empty. Throws a {@link KeyError} for a text with more than one slash.
 *
 * ```ts
 * const [namespace, name] = splitMetaNamespaceKey('default/web-0');
 * ```
 */
export function splitMetaNamespaceKey(key: string): readonly [namespace: string, name: string] {
  const given: unknown = key;
  if (typeof given !== 'string') throw new KeyError(`a key is a text, not ${typeWord(given)}`);
  const slash = key.indexOf('/');
  if (slash !== key.lastIndexOf('/')) {
    throw new KeyError(`${JSON.stringify(key)} is not a key: it has more than one slash; expected namespace/name`, key);
  }
  return [key.slice(0, Math.max(slash, 0)), key.slice(slash + 1)];
}

function flawOf(object: unknown): string | undefined {
  if (object === null || typeof object !== 'object') return `${typeWord(object)} as an object`;
  const { metadata } = object as { metadata?: unknown };
  if (metadata === null || typeof metadata !== 'object') return 'an object without metadata';
  const { name, namespace } = metadata as { name?: unknown; namespace?: unknown };
  if (typeof name !== 'string' || name === '') return 'an object without metadata.name';
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string') {
    return `an object whose metadata.namespace is of type ${typeof namespace}`;
  }
  return undefined;
}

function typeWord(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
