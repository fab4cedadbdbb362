import { KubeError } from '../../protocol/errors/kube-error.ts';
import { jsonText } from '../../protocol/numbers/json-text.ts';
import { UnsafeNumberError } from '../../protocol/numbers/unsafe-number-error.ts';

/** From here on JavaScript writes an exponent, as Go does. An API server reads that as a float, which has not more digits. */
const exponentFrom = 1e21;

/**
 * Writes a body as JSON, BigInts as integers. Throws an {@link UnsafeNumberError} for a number that would not arrive as it
 * was: `NaN`, an infinity, an invalid date, an integer beyond `Number.MAX_SAFE_INTEGER`. Throws the `KubeError` BadRequest for
 * a value that JSON cannot write: one that nests deeper than the engine's stack, which is a few thousand levels, a cycle, a
 * `toJSON` that fails. The error has no cause, because the cause would name members of the object.
 */
export function jsonBody(resource: string, value: unknown): string {
  try {
    return jsonText(value, (given, written, field) => {
      const number = written instanceof Number ? written.valueOf() : written;
      const why = typeof number === 'number' ? faultOf(number) : dateFault(given, number);
      if (why !== undefined) throw new UnsafeNumberError(resource, field(), why);
    });
  } catch (error) {
    if (error instanceof UnsafeNumberError) throw error;
    const why =
      error instanceof RangeError
        ? 'it is nested deeper than can be written; a patch writes only what changes'
        : 'it cannot be written as JSON';
    throw new KubeError({ reason: 'BadRequest', resource, message: `the object was not sent: ${why}` });
  }
}

function faultOf(number: number): string | undefined {
  if (Number.isSafeInteger(number)) return undefined;
  if (!Number.isFinite(number)) return `is ${number}, which JSON cannot write: it would be sent as null`;
  if (!Number.isInteger(number) || Math.abs(number) >= exponentFrom) return undefined;
  return 'is an integer beyond 2^53 and may have been rounded when it was read: give it as a BigInt, or send a patch without it';
}

function dateFault(given: unknown, written: unknown): string | undefined {
  const isDate = typeof (given as Partial<Date> | null | undefined)?.getTime === 'function';
  return written === null && isDate ? 'is an invalid date, which would be sent as null' : undefined;
}
