import type { Awaitable } from '../../protocol/awaitable.ts';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { ApplyPatch } from '../../protocol/patch.ts';
import type { ObjectReference, ResourceClient, WriteOptions } from '../../protocol/resource-client.ts';
import type { Recipe } from './edit-patch.ts';

/** Options of an apply. */
export interface ApplyOptions extends WriteOptions {
  /** Takes fields over from other managers. Default false: an apply that would change them fails with `FieldConflict`. */
  readonly force?: boolean | undefined;
}

/** How many replicas there are to be, and are: what `scale` answers. */
export interface Scale extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas: number; readonly selector?: string };
}

/**
 * A {@link ResourceClient} that writes what a controller writes. Each method returns a cold Observable that can be awaited as
 * well; each subscription and each `await` does the work once, without either nothing is sent. The object given to a method
 * may be one of a cache, and is not changed.
 */
export interface Writer<T> extends ResourceClient<T> {
  /**
   * Writes what a recipe changes, as a patch that fails where the object has changed meanwhile. Then (409) the object is read from
   * the server, not from a cache, and the recipe runs again on that: five times at most, after delays of up to 320 ms, then the
   * error. A recipe that changes nothing sends nothing, and the object is the answer. Lists are replaced as a whole.
   *
   * The recipe gets a draft, changes it in place, and runs once for each try. An object that was deleted and created anew under
   * the same name is not written: the answer is the Conflict. Fails with a `WriteError` for a change that the server would
   * drop, such as one of the status.
   */
  edit(object: T, recipe: Recipe<T>, options?: WriteOptions): Awaitable<T>;
  /** {@link edit} of the status, through the subresource `status`. Where both are written: first the object, then with its answer the status. */
  editStatus(object: T, recipe: Recipe<T>, options?: WriteOptions): Awaitable<T>;
  /**
   * Server-side apply of a whole intent: all fields that this field manager wants to own, each time. A field that it applied
   * before and that the intent lacks is given up, and is gone if nobody else owns it. Creates the object if there is none.
   *
   * Refuses an object as it was read (`NotAnIntent`): applied as it is, it would own every field of everybody. Where another
   * manager owns a field, the error is `FieldConflict`, with the server's words as its cause; trying again does not help.
   */
  apply(intent: ApplyPatch<T>, options?: ApplyOptions): Awaitable<T>;
  /** Sets the number of replicas, through the subresource `scale`. Throws a RangeError for anything but a whole number from 0 on. */
  scale(reference: ObjectReference, replicas: number, options?: WriteOptions): Awaitable<Scale>;
  /** The writer of a subresource. Its answers that are other objects (a Scale) are not shown in caches, but are waited for. */
  subresource<S = T>(name: string): Writer<S>;
}
