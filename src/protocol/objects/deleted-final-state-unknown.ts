/**
 * A tombstone: an object is gone and its deletion was missed. A complete state that lacks the object has shown it. client-go's
 * DeletedFinalStateUnknown.
 */
export class DeletedFinalStateUnknown<T> {
  /** The key that the object had, see `metaNamespaceKey`. */
  readonly key: string;
  /** The last state that was seen, which may be stale; `undefined` where none was seen. */
  readonly object: T | undefined;

  constructor(key: string, object: T | undefined) {
    this.key = key;
    this.object = object;
  }
}
