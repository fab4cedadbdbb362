import { isPlainObject } from '../streams/checks/is-plain-object.ts';
import type { Requeue } from './outcome.ts';

const fields: readonly string[] = ['requeueAfter', 'priority'];

/**
 * Returns what a run asks for, or throws: a TypeError for a value that is not an outcome, a RangeError for a delay that is
 * negative or NaN, or a priority that is not finite.
 */
export function checkedOutcome(given: unknown): Requeue {
  if (given === undefined || given === null) return {};
  const asks = `a run resolves with undefined or { requeueAfter, priority }`;
  if (!isPlainObject(given)) {
    const kind = Array.isArray(given) ? 'an array' : `of type ${typeof given}`;
    throw new TypeError(`the outcome of the run is ${kind}; ${asks}`);
  }
  const foreign = Object.keys(given).filter((field) => !fields.includes(field));
  if (foreign.length > 0) throw new TypeError(`the outcome of the run has the field ${foreign[0] ?? ''}; ${asks}`);
  const { requeueAfter, priority } = given as { readonly requeueAfter?: unknown; readonly priority?: unknown };
  if (requeueAfter !== undefined && !(typeof requeueAfter === 'number' && requeueAfter >= 0))
    throw new RangeError(
      `requeueAfter is ${printed(requeueAfter)}; it takes milliseconds from 0 on (Infinity for never)`,
    );
  if (priority !== undefined && !Number.isFinite(priority))
    throw new RangeError(`priority is ${printed(priority)}; it takes a finite number`);
  return given;
}

function printed(value: unknown): string {
  return typeof value === 'number' ? String(value) : `of type ${typeof value}`;
}
