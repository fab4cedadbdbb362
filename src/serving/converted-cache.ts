import { map, type Observable } from 'rxjs';
import type { KubernetesObject } from '../protocol/objects/kubernetes-object.ts';
import { CacheChange } from './cache-change.ts';
import type { ResourceVersions } from './resource-versions.ts';
import { Revision } from './revision.ts';
import type { WrittenCache } from './served-cache.ts';
import type { ServedResource } from './served-resource.ts';

/** How objects are read from the form in which they are stored, and written into it. Both give what they got if nothing differs. */
export interface Conversion {
  readonly read: (stored: KubernetesObject) => KubernetesObject;
  readonly store: (object: KubernetesObject) => KubernetesObject;
}

/**
 * A cache in another form: objects of one storage in another version, or as a schema of today reads them. An object that is put
 * is in that form already.
 */
export class ConvertedCache implements WrittenCache {
  readonly resource: ServedResource;
  readonly #stored: WrittenCache;
  readonly #conversion: Conversion;
  /** Each revision is converted once, so that its texts are made once. */
  readonly #read = new WeakMap<Revision, Revision>();
  /** Objects that were put as they are stored: they are read as they are. */
  readonly #same = new WeakSet<KubernetesObject>();
  readonly #lists = new WeakMap<readonly Revision[], readonly Revision[]>();
  readonly #changes = new WeakMap<CacheChange, CacheChange>();

  constructor(stored: WrittenCache, resource: ServedResource, conversion: Conversion) {
    this.#stored = stored;
    this.resource = resource;
    this.#conversion = conversion;
  }

  get versions(): ResourceVersions {
    return this.#stored.versions;
  }

  get changes$(): Observable<CacheChange> {
    return this.#stored.changes$.pipe(map((change) => this.#change(change)));
  }

  get restarted$(): Observable<void> {
    return this.#stored.restarted$;
  }

  get size(): number {
    return this.#stored.size;
  }

  get oldestWatchable(): bigint {
    return this.#stored.oldestWatchable;
  }

  get(key: string): Revision | undefined {
    const stored = this.#stored.get(key);
    return stored && this.#revision(stored);
  }

  ordered(): readonly Revision[] {
    return this.#list(this.#stored.ordered());
  }

  orderedAt(version: bigint): readonly Revision[] | undefined {
    const stored = this.#stored.orderedAt(version);
    return stored && this.#list(stored);
  }

  changesAfter(version: bigint): readonly CacheChange[] | undefined {
    return this.#stored.changesAfter(version)?.map((change) => this.#change(change));
  }

  put(object: KubernetesObject): Revision {
    const stored = this.#conversion.store(object);
    if (stored === object) this.#same.add(object);
    return this.#revision(this.#stored.put(stored));
  }

  remove(key: string, version: bigint): void {
    this.#stored.remove(key, version);
  }

  #list(stored: readonly Revision[]): readonly Revision[] {
    const known = this.#lists.get(stored);
    if (known !== undefined) return known;
    const read = stored.map((revision) => this.#revision(revision));
    this.#lists.set(stored, read);
    return read;
  }

  #change(stored: CacheChange): CacheChange {
    const known = this.#changes.get(stored);
    if (known !== undefined) return known;
    const { key, version, previous, current } = stored;
    const read = new CacheChange(
      key,
      version,
      previous && this.#revision(previous),
      current && this.#revision(current),
    );
    this.#changes.set(stored, read);
    return read;
  }

  #revision(stored: Revision): Revision {
    if (this.#same.has(stored.object)) return stored;
    const known = this.#read.get(stored);
    if (known !== undefined) return known;
    const object = this.#conversion.read(stored.object);
    const read = object === stored.object ? stored : new Revision(stored.key, object, stored.version);
    this.#read.set(stored, read);
    return read;
  }
}
