import type { DeletedFinalStateUnknown } from './deleted-final-state-unknown.ts';
import { KeyError } from './key-error.ts';
import { deletionHandlingMetaNamespaceKey, type Keyed, splitMetaNamespaceKey } from './object-key.ts';
import type { ObjectReference } from '../resource-client.ts';

/**
 * The name of an object within its resource, as a value. Its text is the key of the object. It can be given wherever an
 * `ObjectReference` is taken. client-go's ObjectName. As the key of a Map use `String(name)`.
 */
export class ObjectName implements ObjectReference {
  /** Empty for a cluster-scoped object. */
  readonly namespace: string;
  readonly name: string;

  /** Takes a name and a namespace, such as an object's metadata. Throws a {@link KeyError} where one of them is not a string. */
  constructor({ namespace, name }: ObjectReference) {
    const parts: readonly unknown[] = [namespace ?? '', name];
    if (!parts.every((part) => typeof part === 'string')) {
      throw new KeyError('the namespace and the name of an ObjectName are texts');
    }
    this.namespace = namespace ?? '';
    this.name = name;
  }

  /** The name that a key stands for. `/name` is read as a name without a namespace. Throws a {@link KeyError}. */
  static parse(key: string): ObjectName {
    const [namespace, name] = splitMetaNamespaceKey(key);
    return new ObjectName({ namespace, name });
  }

  /** The name of an object, or of the object that a tombstone stands for. Throws a {@link KeyError} where it has none. */
  static of(object: Keyed | DeletedFinalStateUnknown<unknown>): ObjectName {
    return ObjectName.parse(deletionHandlingMetaNamespaceKey(object));
  }

  /** Namespace and name. */
  parts(): readonly [namespace: string, name: string] {
    return [this.namespace, this.name];
  }

  /** True for the same name in the same namespace; an absent namespace is an empty one. */
  equals({ namespace, name }: ObjectReference): boolean {
    return (namespace ?? '') === this.namespace && name === this.name;
  }

  /** `namespace/name`, or the bare name: what `metaNamespaceKey` gives for the object. */
  toString(): string {
    return this.namespace === '' ? this.name : `${this.namespace}/${this.name}`;
  }
}
