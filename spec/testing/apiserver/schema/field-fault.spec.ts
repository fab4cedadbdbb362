import { describe, expect, it } from 'vitest';
import {
  duplicateFault,
  forbiddenFault,
  invalidFault,
  printedValue,
  requiredFault,
  tooLongFault,
  tooManyFault,
  typeFault,
  unsupportedFault,
} from '#src/testing/apiserver/schema/field-fault.ts';

describe('faults of fields', () => {
  it.each([
    [invalidFault('a', 'x', 'why'), 'FieldValueInvalid', 'Invalid value: "x": why'],
    [typeFault('a', 1, 'why'), 'FieldValueTypeInvalid', 'Invalid value: 1: why'],
    [requiredFault('a'), 'FieldValueRequired', 'Required value'],
    [requiredFault('a', 'why'), 'FieldValueRequired', 'Required value: why'],
    [forbiddenFault('a', 'why'), 'FieldValueForbidden', 'Forbidden: why'],
    [
      unsupportedFault('a', 'x', ['y', 'z']),
      'FieldValueNotSupported',
      'Unsupported value: "x": supported values: "y", "z"',
    ],
    [duplicateFault('a', { n: 1 }), 'FieldValueDuplicate', 'Duplicate value: {"n":1}'],
    [tooLongFault('a', 3), 'FieldValueTooLong', 'Too long: may not be more than 3 bytes'],
    [tooManyFault('a', 3, 2), 'FieldValueTooMany', 'Too many: 3: must have at most 2 items'],
  ])('have the words of the server: %#', (fault, reason, message) => {
    expect(fault).toEqual({ reason, field: 'a', message });
  });
});

describe('printedValue', () => {
  it('prints what there is', () => {
    expect([null, 'a', 1, [true]].map(printedValue)).toEqual(['null', '"a"', '1', '[true]']);
    expect(printedValue(undefined)).toBe('""');
  });
});
