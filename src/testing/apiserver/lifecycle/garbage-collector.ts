import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { Collections } from '../objects/collections.ts';
import { attempt } from './attempt.ts';
import { OwnerIndex, type Stored } from './owner-index.ts';

/** An owner as an object names it. */
interface OwnerReference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly uid: string;
  readonly blockOwnerDeletion?: boolean;
}

/** How owners of an object stand. Source: kubernetes `pkg/controller/garbagecollector`, classifyReferences. */
interface Owners {
  readonly solid: readonly OwnerReference[];
  readonly isWaiting: boolean;
  readonly isDangling: boolean;
}

function ownersOf({ metadata }: KubernetesObject): readonly OwnerReference[] {
  return metadata.ownerReferences ?? [];
}

function holds({ metadata }: KubernetesObject, finalizer: string): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes(finalizer);
}

/**
 * What a cluster's garbage collector does: objects whose owners are gone are deleted, those of an owner that is deleted in the
 * foreground before it, and those of one that is orphaned lose the reference. Each step is a turn of the scheduler.
 *
 * An owner is there where all of a reference is true of it. What names a kind that is not served, or, being of the cluster, an
 * owner in a namespace, is left alone.
 */
export class GarbageCollector {
  readonly #collections: Collections;
  readonly #scheduler: SchedulerLike;
  readonly #index: OwnerIndex;
  /** The uids of objects that are to be looked at. */
  readonly #due = new Set<string>();

  constructor(collections: Collections, scheduler: SchedulerLike = asyncScheduler) {
    this.#collections = collections;
    this.#index = new OwnerIndex(collections);
    this.#scheduler = scheduler;
  }

  /** Collects from now on. */
  start(): Subscription {
    // First, so that it knows of a change what is done about it.
    const following = this.#index.start();
    const collecting = this.#collections.changes$.subscribe({
      next: ({ change: { previous, current } }) => {
        const object = (current ?? previous)?.object;
        if (object === undefined) return;
        if (current === undefined) this.#enqueueAround(object);
        else if (object.metadata.deletionTimestamp !== undefined || ownersOf(object).length > 0) this.#enqueue(object);
      },
      error: (error: unknown) => {
        throw error;
      },
    });
    following.add(collecting);
    return following;
  }

  /** An object has gone: those that it owned may have to go, and its owners may have waited for it. */
  #enqueueAround(gone: KubernetesObject): void {
    const owners = new Set(ownersOf(gone).map(({ uid }) => uid));
    for (const { object } of this.#dependentsOf(gone)) this.#enqueue(object);
    for (const uid of owners) this.#enqueue({ metadata: { uid } });
  }

  #enqueue({ metadata: { uid } }: { readonly metadata: { readonly uid?: string | undefined } }): void {
    if (uid === undefined) return;
    const isIdle = this.#due.size === 0;
    this.#due.add(uid);
    if (isIdle) this.#scheduler.schedule(() => this.#work());
  }

  #work(): void {
    const due = [...this.#due];
    this.#due.clear();
    for (const uid of due) {
      const stored = this.#index.find(uid);
      if (stored !== undefined) attempt(() => this.#lookAt(stored));
    }
  }

  #lookAt(stored: Stored): void {
    const { object } = stored;
    if (holds(object, 'orphan')) this.#orphan(stored);
    else if (holds(object, 'foregroundDeletion')) this.#deleteForeground(stored);
    else if (object.metadata.deletionTimestamp === undefined && ownersOf(object).length > 0) this.#checkOwners(stored);
  }

  #checkOwners(stored: Stored): void {
    const { collection, object } = stored;
    const owners = this.#classified(object);
    if (owners === undefined) return;
    const { solid, isWaiting, isDangling } = owners;
    if (solid.length > 0) {
      if (isWaiting || isDangling) this.#keepOwners(stored, solid);
      return;
    }
    const dependents = isWaiting ? this.#dependentsOf(object) : [];
    // Objects that wait for one another would do so for ever.
    if (dependents.some((each) => holds(each.object, 'foregroundDeletion'))) {
      this.#keepOwners(
        stored,
        ownersOf(object).map((owner) => ({ ...owner, blockOwnerDeletion: false })),
      );
    }
    const propagationPolicy = dependents.length > 0 ? 'Foreground' : 'Background';
    collection.delete(object.metadata.namespace, object.metadata.name, { propagationPolicy });
  }

  /** `undefined` where it cannot be known of one of them. */
  #classified(object: KubernetesObject): Owners | undefined {
    const solid: OwnerReference[] = [];
    let isWaiting = false;
    let isDangling = false;
    for (const reference of ownersOf(object)) {
      const owner = this.#ownerOf(object, reference);
      if (owner === 'unknown') return undefined;
      if (owner === undefined) isDangling = true;
      else if (holds(owner, 'foregroundDeletion')) isWaiting = true;
      else solid.push(reference);
    }
    return { solid, isWaiting, isDangling };
  }

  /** The owner that a reference names; `undefined` where it is not there. Source: isDangling. */
  #ownerOf(
    { metadata: { namespace } }: KubernetesObject,
    reference: OwnerReference,
  ): KubernetesObject | 'unknown' | undefined {
    const { apiVersion = '', kind = '', name = '', uid } = reference;
    const resource = this.#collections.catalog.ofKind(apiVersion, kind);
    const found = resource && this.#collections.find(resource);
    if (resource === undefined || found === undefined) return 'unknown';
    if (resource.namespaced && namespace === undefined) return 'unknown';
    const owner = found.cache.get(resource.namespaced ? `${namespace ?? ''}/${name}` : name)?.object;
    return owner?.metadata.uid === uid ? owner : undefined;
  }

  #dependentsOf({ metadata: { uid } }: KubernetesObject): readonly Stored[] {
    return uid === undefined ? [] : this.#index.ownedBy(uid);
  }

  #deleteForeground(stored: Stored): void {
    const { uid } = stored.object.metadata;
    const dependents = this.#dependentsOf(stored.object);
    for (const { object } of dependents) if (!holds(object, 'foregroundDeletion')) this.#enqueue(object);
    const isBlocked = dependents.some(({ object }) =>
      ownersOf(object).some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true),
    );
    if (!isBlocked) this.#release(stored, 'foregroundDeletion');
  }

  #orphan(stored: Stored): void {
    const { uid } = stored.object.metadata;
    for (const dependent of this.#dependentsOf(stored.object)) {
      this.#keepOwners(
        dependent,
        ownersOf(dependent.object).filter((owner) => owner.uid !== uid),
      );
    }
    this.#release(stored, 'orphan');
  }

  #keepOwners({ collection, object }: Stored, ownerReferences: readonly OwnerReference[]): void {
    collection.update(object.metadata.namespace, object.metadata.name, (current) => ({
      ...current,
      metadata: { ...current.metadata, ownerReferences },
    }));
  }

  #release({ collection, object }: Stored, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter((each) => each !== finalizer);
    collection.update(object.metadata.namespace, object.metadata.name, (current) => ({
      ...current,
      metadata: { ...current.metadata, finalizers },
    }));
  }
}
