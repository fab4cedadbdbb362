import { printable } from '../protocol/errors/printable.ts';

/**
 * Why a store refused a change or a question.
 *
 * - `MalformedObject`: the object has no `metadata.name`, so it has no key; an `intern` returned another object; or, in a
 *   transaction, reading the object threw, which is the cause.
 * - `MalformedEvent`: the value is not a cache event, or not an array where one is expected.
 * - `IndexFunction`: an index function threw, returned a value other than an array of strings, or is not a function.
 * - `ImpureFunction`: a function that the store called about a change (an index function, an intern, a ttl) wrote to the store.
 * - `Transform`: the transform of a `MutationOverlay` threw, or returned a value that cannot be stored.
 * - `UnknownIndex`: there is no index with that name.
 * - `IndexConflict`: an index with that name exists already.
 */
export type StoreErrorReason =
  | 'MalformedObject'
  | 'MalformedEvent'
  | 'IndexFunction'
  | 'ImpureFunction'
  | 'Transform'
  | 'UnknownIndex'
  | 'IndexConflict';

/** Leaves room for the outcome, in characters. */
const longestMessage = 900;

/** The fields of a {@link StoreError}. */
export interface StoreErrorInit {
  readonly reason: StoreErrorReason;
  /** What was refused and why, in one sentence, without an object's content. */
  readonly message: string;
  /** What happens next. Default: this changed nothing. */
  readonly outcome?: string;
  /** The key of the object concerned. */
  readonly key?: string;
  /** The name of the index concerned. */
  readonly index?: string;
  readonly cause?: unknown;
}

/**
 * A store refused a change or a question. Its state is unchanged, and it goes on. There is one exception: an `IndexFunction`
 * error that is a value (in a commit, in the result of an item, or given to `onIndexError`) concerns an object that is stored.
 */
export class StoreError extends Error {
  readonly reason: StoreErrorReason;
  readonly key: string | undefined;
  readonly index: string | undefined;

  constructor({ reason, message, outcome = 'this changed nothing', key, index, cause }: StoreErrorInit) {
    super(`${printable(message, longestMessage)}; ${outcome}`, cause === undefined ? undefined : { cause });
    this.name = 'StoreError';
    this.reason = reason;
    this.key = key;
    this.index = index;
  }
}
