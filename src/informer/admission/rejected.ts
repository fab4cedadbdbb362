/** An object that was kept out of the store, because its transform failed. */
export class Rejected {
  /** The key that it arrived with. */
  readonly key: string;
  /** Its uid, which tells it from another object under the same key. */
  readonly uid: string | undefined;

  constructor(key: string, uid: string | undefined) {
    this.key = key;
    this.uid = uid;
  }
}
