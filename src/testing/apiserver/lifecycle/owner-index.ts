import type { Subscription } from 'rxjs';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { Collection } from '../objects/collection.ts';
import type { Collections } from '../objects/collections.ts';

/** An object and where it is stored. */
export interface Stored {
  readonly collection: Collection;
  readonly object: KubernetesObject;
}

/** Where an object is, and whose it is. */
interface Entry {
  readonly key: string;
  readonly owners: readonly string[];
  /** Its collection as it is defined now. */
  readonly latest: () => Collection;
}

function ownersOf({ metadata }: KubernetesObject): readonly string[] {
  return (metadata.ownerReferences ?? []).map(({ uid }) => uid);
}

/** Finds objects by their uids and by those of their owners, without looking at the others. */
export class OwnerIndex {
  readonly #collections: Collections;
  readonly #entries = new Map<string, Entry>();
  /** The uids of what each owner owns. */
  readonly #owned = new Map<string, Set<string>>();

  constructor(collections: Collections) {
    this.#collections = collections;
  }

  /** Knows all that there is, and follows it from now on. */
  start(): Subscription {
    const rethrow = (error: unknown): never => {
      throw error;
    };
    const following = this.#collections.changes$.subscribe({
      next: ({ change: { previous, current, key }, latest }) => {
        if (previous !== undefined) this.#forget(previous.object);
        if (current !== undefined) this.#add(current.object, key, latest);
      },
      error: rethrow,
    });
    following.add(this.#collections.reloaded$.subscribe({ next: () => this.#rebuild(), error: rethrow }));
    this.#rebuild();
    return following;
  }

  /** The object of a uid, if it is there. */
  find(uid: string): Stored | undefined {
    const entry = this.#entries.get(uid);
    const collection = entry?.latest();
    const object = entry && collection?.cache.get(entry.key)?.object;
    return collection === undefined || object === undefined ? undefined : { collection, object };
  }

  /** What names a uid as that of an owner. */
  ownedBy(uid: string): readonly Stored[] {
    return [...(this.#owned.get(uid) ?? [])].flatMap((each) => this.find(each) ?? []);
  }

  #add(object: KubernetesObject, key: string, latest: () => Collection): void {
    const { uid } = object.metadata;
    if (uid === undefined) return;
    const owners = ownersOf(object);
    this.#entries.set(uid, { key, owners, latest });
    for (const owner of owners) {
      const owned = this.#owned.get(owner) ?? new Set();
      this.#owned.set(owner, owned.add(uid));
    }
  }

  #forget({ metadata: { uid } }: KubernetesObject): void {
    const entry = uid === undefined ? undefined : this.#entries.get(uid);
    if (uid === undefined || entry === undefined) return;
    this.#entries.delete(uid);
    for (const owner of entry.owners) {
      const owned = this.#owned.get(owner);
      owned?.delete(uid);
      if (owned?.size === 0) this.#owned.delete(owner);
    }
  }

  #rebuild(): void {
    this.#entries.clear();
    this.#owned.clear();
    for (const { latest, cache } of this.#collections.sources()) {
      for (const { object, key } of cache.ordered()) this.#add(object, key, latest);
    }
  }
}
