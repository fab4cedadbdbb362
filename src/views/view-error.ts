import { printable } from '../protocol/errors/printable.ts';

/**
 * What is wrong with a function that a view calls.
 *
 * - `KeyFunction`: a key threw, or returned a value other than a text, a number, or none. The row is among those without a key.
 * - `WhereFunction`: `where` or `until` threw. The row is left out, or kept as it is until it changes.
 * - `ImpureKey`: a key gave two values for one object. The rows are sorted anew, at most once a second.
 * - `ImpureWhere`: `where` gave two answers for one object. The rows are selected anew, at most once a second.
 * - `ImpureSum`: `of` gave two numbers for one object. What was added is subtracted, so that sums stay those of the first answers.
 */
export type ViewErrorReason =
  'KeyFunction' | 'WhereFunction' | 'ImpureKey' | 'ImpureWhere' | 'ImpureSum' | 'SumFunction';

/** The fields of a {@link ViewError}. */
export interface ViewErrorInit {
  readonly reason: ViewErrorReason;
  /** What is wrong, and what happens next, without an object's content. */
  readonly message: string;
  /** The key of the object that showed it. */
  readonly key: string;
  readonly cause?: unknown;
}

/** A function that was given to a view fails or is impure. The view goes on; it tells this once for each reason. */
export class ViewError extends Error {
  readonly reason: ViewErrorReason;
  /** The key of the first object that showed it. */
  readonly key: string;

  constructor({ reason, message, key, cause }: ViewErrorInit) {
    super(printable(message), cause === undefined ? undefined : { cause });
    this.name = 'ViewError';
    this.reason = reason;
    this.key = key;
  }
}

/** Where errors go that nobody takes. One function, so that views which share an order print its errors once. */
export function printViewError(error: ViewError): void {
  console.error(error);
}
