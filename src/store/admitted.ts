/**
 * An object that has come through the doorway of a store: checked, with its key, shared and frozen. `Store.admit` and
 * {@link admitEvent} make it, once for each object, and whatever comes after reads the key here.
 */
export class Admitted<T> {
  /** The key under which the object is stored. */
  readonly key: string;
  readonly object: T;

  /** @internal */
  constructor(key: string, object: T) {
    this.key = key;
    this.object = object;
  }
}
