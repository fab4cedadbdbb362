import type { Awaitable } from './awaitable.ts';
import type { Patch } from './patch.ts';
import type { Status } from './errors/status.ts';

/** Which object. An object's metadata is one. */
export interface ObjectReference {
  readonly name: string;
  /** Absent for cluster-scoped resources. */
  readonly namespace?: string | undefined;
}

/** An object that the server does not have yet: it fills in what metadata lacks. */
export type NewObject<T> = T extends { readonly metadata: infer Metadata }
  ? Omit<T, 'metadata'> & { readonly metadata: Partial<Metadata> }
  : T;

/** Options of every write. */
export interface WriteOptions {
  /** Goes through all checks and changes nothing. Default false. */
  readonly dryRun?: boolean | undefined;
  /** Who owns the fields that are written. The server's default is the user agent. */
  readonly fieldManager?: string | undefined;
  /**
   * What the server does about unknown and repeated fields: nothing, a warning, or a refusal (`BadRequest`). Default not
   * said, as in client-go: the server then warns.
   */
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict' | undefined;
}

/** Options of a deletion. */
export interface DeleteOptions {
  readonly dryRun?: boolean | undefined;
  /** What becomes of the objects it owns. The server's default is the resource's own. */
  readonly propagationPolicy?: 'Orphan' | 'Background' | 'Foreground' | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  /** Deletes only the object that is meant: the server answers Conflict where they differ. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
}

/**
 * The port for single objects of a resource, as raw JSON: what a cache holds may be written back, and fields that this
 * library does not know survive. Each method returns a cold Observable that can be awaited as well: subscribing sends one
 * request, and so does `await`; the answer is the only value. Nothing is sent before that, nor by neither. Unsubscribing
 * aborts a request, and a write may then have happened or not. Errors are `KubeError`s.
 */
export interface ResourceClient<T> {
  /** The resource in words, for errors: `v1/pods`. */
  readonly resource: string;
  get(reference: ObjectReference): Awaitable<T>;
  /** Under `metadata.name`, or under a name that the server makes from `metadata.generateName`. */
  create(object: NewObject<T>, options?: WriteOptions): Awaitable<T>;
  /** Replaces the whole object. With a `metadata.resourceVersion`, Conflict where the server has another. */
  update(object: T, options?: WriteOptions): Awaitable<T>;
  patch(reference: ObjectReference, patch: Patch<T>, options?: WriteOptions): Awaitable<T>;
  /** The object where it is still there (finalizers, a grace period), otherwise a Status. */
  delete(reference: ObjectReference, options?: DeleteOptions): Awaitable<T | Status>;
  /** The same for a part of the objects: `status`, `scale`, `eviction`. Its `create` needs `metadata.name`. */
  subresource<S = T>(name: string): ResourceClient<S>;
}
