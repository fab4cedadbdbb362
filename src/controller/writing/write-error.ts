import { printable } from '../../protocol/errors/printable.ts';

/**
 * Why a write was refused on this side of the connection, or what it was not for.
 *
 * - `NoVersion`: the object has no `resourceVersion`, so that a conflict could not be found.
 * - `SetByServer`: the change touches a field that a write cannot change: the kind, the name, the uid, the version, times.
 * - `IsStatus`: the change touches the status, which a server drops where it is not written by itself.
 * - `IsNotStatus`: the change of a status touches something else, which a server drops.
 * - `NotJson`: a value would not survive JSON: a function, a date, an instance of a class.
 * - `NotAnIntent`: an object as it was read, or one without a name, was given where a whole intent is applied.
 * - `FieldConflict`: other field managers own fields of an apply that was not forced.
 * - `ReadOnly`: an object that everybody reads was given where one is changed.
 * - `OwnerInOtherNamespace`, `OwnerInNamespace`, `OwnerWithoutUid`, `OwnerWithoutKind`, `AlreadyOwned`: see `setOwner`.
 */
export type WriteErrorReason =
  | 'NoVersion'
  | 'SetByServer'
  | 'IsStatus'
  | 'IsNotStatus'
  | 'NotJson'
  | 'NotAnIntent'
  | 'FieldConflict'
  | 'ReadOnly'
  | 'OwnerInOtherNamespace'
  | 'OwnerInNamespace'
  | 'OwnerWithoutUid'
  | 'OwnerWithoutKind'
  | 'AlreadyOwned';

/**
 * A write that cannot do what it is for, whatever is tried again: nothing was written. The message starts with the resource
 * and the key of the object, and names fields, never their content.
 */
export class WriteError extends Error {
  readonly reason: WriteErrorReason;
  /** The resource, or the kind, in words that can be printed. */
  readonly resource: string;
  /** The object: `default/web`. */
  readonly key: string;

  constructor(reason: WriteErrorReason, resource: string, key: string, message: string, cause?: unknown) {
    super(printable(`${resource} ${key}: ${message}`), cause === undefined ? undefined : { cause });
    this.name = 'WriteError';
    this.reason = reason;
    this.resource = printable(resource);
    this.key = printable(key);
  }
}
