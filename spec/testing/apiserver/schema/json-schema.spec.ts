import { describe, expect, it } from 'vitest';
import { jsonSchema } from '#src/testing/apiserver/schema/json-schema.ts';

describe('jsonSchema', () => {
  it('says by numbers which bounds are exclusive', () => {
    expect(jsonSchema({ type: 'integer', minimum: 1, maximum: 2, exclusiveMaximum: true })).toEqual({
      type: 'integer',
      minimum: 1,
      exclusiveMaximum: 2,
    });
  });

  it('takes an integer or a text, and a null where it may be', () => {
    expect(jsonSchema({ 'x-kubernetes-int-or-string': true })).toEqual({ type: ['integer', 'string'] });
    expect(jsonSchema({ type: 'string', nullable: true })).toEqual({ type: ['string', 'null'] });
    const either = { anyOf: [{ required: ['a'] }] };
    expect(jsonSchema({ type: 'object', nullable: true, ...either })).toEqual({
      type: ['object', 'null'],
      if: { not: { type: 'null' } },
      then: either,
    });
  });

  it('names formats that are known, without hyphens, and leaves out the others', () => {
    expect(jsonSchema({ type: 'string', format: 'date-time' })).toMatchObject({ format: 'datetime' });
    expect(jsonSchema({ type: 'string', format: 'nobody-knows' })).toEqual({ type: 'string' });
    expect(jsonSchema({ type: 'integer', format: 'int32' })).toMatchObject({ format: 'int32' });
    expect(jsonSchema({ type: 'number', format: 'double' })).toEqual({ type: 'number' });
  });

  it('leaves out what is not asked of values, wherever it is', () => {
    const schema = { type: 'object', description: 'd', default: {}, 'x-kubernetes-validations': [{ rule: 'true' }] };
    expect(jsonSchema({ ...schema, properties: { a: schema }, additionalProperties: false, items: schema })).toEqual({
      type: 'object',
      properties: { a: { type: 'object' } },
      // What is not known has been pruned.
      additionalProperties: true,
      items: { type: 'object' },
    });
  });
});
