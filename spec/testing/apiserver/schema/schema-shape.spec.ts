import { describe, expect, it } from 'vitest';
import { schemaShape } from '#src/testing/apiserver/schema/schema-shape.ts';

const read = (schema: unknown) => schemaShape(schema, 'schema', 'CustomResourceValidation');

describe('schemaShape', () => {
  it('reads all that a schema may have, however deep', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'array', items: { type: 'string', enum: ['x', 1] }, 'x-kubernetes-list-type': 'set' } },
      additionalProperties: false,
      allOf: [{ not: { required: ['b'] } }],
      default: { a: [] },
    };
    expect(read(schema)).toEqual(schema);
    expect(read({ additionalProperties: { type: 'string' }, items: [{ bogus: 1 }] })).toEqual({
      additionalProperties: { type: 'string' },
      items: [{}],
    });
  });

  it('refuses a member of another type wherever it is', () => {
    expect(() => read({ properties: { a: { maxLength: 'x' } } })).toThrow(
      'JSONSchemaProps.schema.properties.maxLength',
    );
    expect(() => read({ required: 'a' })).toThrow('of type []string');
  });
});
