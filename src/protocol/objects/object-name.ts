import type { DeletedFinalStateUnknown } from './deleted-final-state-unknown.ts';
import { KeyError } from './key-error.ts';
import { deletionHandlingMetaNamespaceKey, type Keyed, splitMetaNamespaceKey } from './object-key.ts';
import type { ObjectReference } from '../resource-client.ts';

/**
 * The name of an object within its resource: a value, whose text is the key of the object. It can be given wherever an
 * `ObjectReference` is asked for. client-go's ObjectName; a Map takes `String(name)` as its key.
 */
export class ObjectName implements ObjectReference {
  /** Empty for what is cluster-scoped. */
  readonly namespace: string;
  readonly name: string;

  /** Throws a {@link KeyError} where a part is no text. An object's metadata can be given. */
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

  /** The name of an object, or of one that a tombstone stands for. Throws a {@link KeyError} where there is none. */
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
