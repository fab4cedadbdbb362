import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { Collections } from '../objects/collections.ts';
import { OwnerIndex, type Stored } from './owner-index.ts';

/** An owner as an object names it. */
interface OwnerReference {
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
 * It goes by uids alone, and does not wait for owners of a resource that is not served.
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
      if (stored !== undefined) this.#lookAt(stored);
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
    const { solid, isWaiting, isDangling } = this.#classified(object);
    if (solid.length > 0) {
      if (isWaiting || isDangling) this.#keepOwners(stored, solid);
      return;
    }
    const hasDependents = this.#dependentsOf(object).length > 0;
    const propagationPolicy = isWaiting && hasDependents ? 'Foreground' : 'Background';
    collection.delete(object.metadata.namespace, object.metadata.name, { propagationPolicy });
  }

  #classified(object: KubernetesObject): Owners {
    const solid: OwnerReference[] = [];
    let isWaiting = false;
    let isDangling = false;
    for (const reference of ownersOf(object)) {
      const owner = this.#index.find(reference.uid)?.object;
      const isReachable = owner !== undefined && this.#mayOwn(owner, object);
      if (!isReachable) isDangling = true;
      else if (reference.blockOwnerDeletion === true && holds(owner, 'foregroundDeletion')) isWaiting = true;
      else solid.push(reference);
    }
    return { solid, isWaiting, isDangling };
  }

  #dependentsOf({ metadata: { uid } }: KubernetesObject): readonly Stored[] {
    return uid === undefined ? [] : this.#index.ownedBy(uid);
  }

  /** An owner is cluster-scoped, or of the same namespace. */
  #mayOwn(owner: KubernetesObject, object: KubernetesObject): boolean {
    const { namespace } = owner.metadata;
    return namespace === undefined || namespace === object.metadata.namespace;
  }

  #deleteForeground(stored: Stored): void {
    const { uid } = stored.object.metadata;
    const blocking = this.#dependentsOf(stored.object).filter(({ collection, object }) => {
      if (object.metadata.deletionTimestamp === undefined) {
        const { namespace, name } = object.metadata;
        const propagationPolicy = this.#dependentsOf(object).length > 0 ? 'Foreground' : 'Background';
        if (collection.delete(namespace, name, { propagationPolicy }).gone) return false;
      }
      return ownersOf(object).some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true);
    });
    if (blocking.length === 0) this.#release(stored, 'foregroundDeletion');
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
