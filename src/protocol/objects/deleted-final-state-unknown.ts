/**
 * A tombstone: an object is gone, and its deletion itself was missed. It was found by comparing what is known with a
 * complete state that does not have it. client-go's DeletedFinalStateUnknown.
 */
export class DeletedFinalStateUnknown<T> {
  /** Under which the object was known, see `metaNamespaceKey`. */
  readonly key: string;
  /** The last state that was seen, which may be stale; `undefined` where none was. */
  readonly object: T | undefined;

  constructor(key: string, object: T | undefined) {
    this.key = key;
    this.object = object;
  }
}
