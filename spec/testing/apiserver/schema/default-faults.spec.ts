import { describe, expect, it } from 'vitest';
import { defaultFaults } from '#src/testing/apiserver/schema/default-faults.ts';

const texts = (schema: object) => defaultFaults(schema, 's').map(({ field, message }) => `${field}: ${message}`);

describe('defaultFaults', () => {
  it('has none of defaults that the schema takes', () => {
    expect(texts({ properties: { a: { type: 'integer', default: 1 } } })).toEqual([]);
  });

  it('tells of defaults that it does not take, wherever they are', () => {
    const wrong = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } }, default: { b: 1 } };
    expect(texts({ items: wrong })).toEqual([
      's.items.default: Invalid value: {"b":1}: must not have unknown fields',
      's.items.default.a: Required value',
    ]);
    expect(texts({ properties: { a: { type: 'integer', minimum: 2, default: 1 } } })).toEqual([
      's.properties[a].default: Invalid value: 1:  in body should be greater than or equal to 2',
    ]);
  });
});
