import { printable } from '../protocol/errors/printable.ts';

/**
 * Why a store refused.
 *
 * - `MalformedObject`: what was given is no object with `metadata` and a `name`, so it has no key; or, in a
 *   transaction, reading it threw, which is the cause.
 * - `MalformedEvent`: what was given is no cache event, or no array of objects or changes where one is expected.
 * - `IndexFunction`: an index function threw, or returned something else than an array of strings, or is no function.
 * - `ImpureFunction`: a function that was asked about a change (an index function, an intern, a ttl) wrote to the store.
 * - `Transform`: the transform of a `MutationOverlay` threw, or returned what cannot be stored.
 * - `UnknownIndex`: there is no index of that name.
 * - `IndexConflict`: an index of that name exists already.
 */
export type StoreErrorReason =
  | 'MalformedObject'
  | 'MalformedEvent'
  | 'IndexFunction'
  | 'ImpureFunction'
  | 'Transform'
  | 'UnknownIndex'
  | 'IndexConflict';

/** Leaves room for what has become of it. */
const longestMessage = 900;

/** What a {@link StoreError} is made of. */
export interface StoreErrorInit {
  readonly reason: StoreErrorReason;
  /** What was refused and why, in one sentence, without an object's content. */
  readonly message: string;
  /** What has become of it; by default, that this changed nothing. */
  readonly outcome?: string;
  /** The key of the object concerned. */
  readonly key?: string;
  /** The name of the index concerned. */
  readonly index?: string;
  readonly cause?: unknown;
}

/**
 * A change or a question that a store refused: its state is what it was before, and it goes on as before. Only an
 * `IndexFunction` that comes as a value, in a commit, in the result of an item, or to `onIndexError`, tells of an object that
 * is stored.
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
