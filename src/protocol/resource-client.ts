import type { Awaitable } from './awaitable.ts';
import type { Patch } from './patch.ts';
import type { Status } from './errors/status.ts';

/** Names an object. An object's metadata can be given. */
export interface ObjectReference {
  readonly name: string;
  /** Absent for cluster-scoped resources. */
  readonly namespace?: string | undefined;
}

/** An object to create. The server fills in what its metadata lacks. */
export type NewObject<T> = T extends { readonly metadata: infer Metadata }
  ? Omit<T, 'metadata'> & { readonly metadata: Partial<Metadata> }
  : T;

/** Options of every write. */
export interface WriteOptions {
  /** The server does all checks and changes nothing. Default false. */
  readonly dryRun?: boolean | undefined;
  /** Who owns the fields that are written. The server's default is the user agent. */
  readonly fieldManager?: string | undefined;
  /**
   * What the server does about unknown and repeated fields: nothing, a warning, or a refusal (`BadRequest`). By default the
   * request does not say, as in client-go, and the server warns.
   */
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict' | undefined;
}

/** Options of a deletion. */
export interface DeleteOptions {
  readonly dryRun?: boolean | undefined;
  /** What becomes of the objects that it owns. The server's default depends on the resource. */
  readonly propagationPolicy?: 'Orphan' | 'Background' | 'Foreground' | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  /** The server deletes the object only where these are its uid and version, and answers Conflict otherwise. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
}

/**
 * The port for single objects of a resource, as raw JSON. An object from a cache may be written back, and fields that this
 * library does not know survive. Each method returns a cold Observable that can be awaited as well. Each subscription and each
 * `await` sends one request, whose answer is the only value; without either nothing is sent. Unsubscribing aborts the request,
 * and a write may then have happened or not. Errors are `KubeError`s.
 */
export interface ResourceClient<T> {
  /** The resource in words, for errors: `v1/pods`. */
  readonly resource: string;
  get(reference: ObjectReference): Awaitable<T>;
  /**
   * Under `metadata.name`, or under a name that the server makes from `metadata.generateName`. Of a kind that is asked and not
   * stored, such as a SelfSubjectReview, `metadata` is empty, and the answer has no name, uid or version either, whatever its type says.
   */
  create(object: NewObject<T>, options?: WriteOptions): Awaitable<T>;
  /** Replaces the whole object. With a `metadata.resourceVersion`, it fails with Conflict where the server has another one. */
  update(object: T, options?: WriteOptions): Awaitable<T>;
  patch(reference: ObjectReference, patch: Patch<T>, options?: WriteOptions): Awaitable<T>;
  /** Deletes. The answer is the object where it still exists (finalizers, a grace period), otherwise a Status. */
  delete(reference: ObjectReference, options?: DeleteOptions): Awaitable<T | Status>;
  /**
   * The client of a subresource: `status`, `scale`, `eviction`, `binding`, `token`. Its `create` needs `metadata.name`, the name of
   * the object that it belongs to, and gives what the server answers: a Status for an eviction or a binding, a TokenRequest for a token.
   */
  subresource<S = T>(name: string): ResourceClient<S>;
}
