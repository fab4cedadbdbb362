import { exactText } from '../../../protocol/numbers/json-text.ts';
import type { FieldFault } from '../../../serving/failure-status.ts';

// The words of apimachinery `util/validation/field/errors.go`.

/** A value in a message, as Go prints it there. */
export function printedValue(value: unknown): string {
  return value === undefined ? '""' : exactText(value);
}

/** A value that is wrong. */
export function invalidFault(field: string, value: unknown, why: string): FieldFault {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${printedValue(value)}: ${why}` };
}

/** A value of another type. */
export function typeFault(field: string, value: unknown, why: string): FieldFault {
  return { ...invalidFault(field, value, why), reason: 'FieldValueTypeInvalid' };
}

/** A value that is not there. */
export function requiredFault(field: string, why = ''): FieldFault {
  return { reason: 'FieldValueRequired', field, message: `Required value${why === '' ? '' : `: ${why}`}` };
}

/** What may not be there. */
export function forbiddenFault(field: string, why: string): FieldFault {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${why}` };
}

/** A value other than those that may be. */
export function unsupportedFault(field: string, value: unknown, supported: readonly string[]): FieldFault {
  const values = supported.map((each) => JSON.stringify(each)).join(', ');
  const message = `Unsupported value: ${printedValue(value)}: supported values: ${values}`;
  return { reason: 'FieldValueNotSupported', field, message };
}

/** A value that is there twice. */
export function duplicateFault(field: string, value: unknown): FieldFault {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${printedValue(value)}` };
}

/** A text that is too long. */
export function tooLongFault(field: string, limit: number): FieldFault {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${limit} bytes` };
}

/** More items than may be. */
export function tooManyFault(field: string, count: number, limit: number): FieldFault {
  return { reason: 'FieldValueTooMany', field, message: `Too many: ${count}: must have at most ${limit} items` };
}
