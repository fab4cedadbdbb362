import { type Revision, restamped } from './revision.ts';

/** The change of one key: from the previous revision, if there was one, to the current one, if there still is one. */
export class CacheChange {
  readonly key: string;
  readonly version: bigint;
  readonly previous: Revision | undefined;
  readonly current: Revision | undefined;
  #departed: Revision | undefined;

  constructor(key: string, version: bigint, previous: Revision | undefined, current: Revision | undefined) {
    this.key = key;
    this.version = version;
    this.previous = previous;
    this.current = current;
  }

  /** The previous content with the version of the change. Watches for which the object is gone are sent this. */
  get departed(): Revision | undefined {
    return (this.#departed ??= this.previous && restamped(this.previous, this.version));
  }
}
