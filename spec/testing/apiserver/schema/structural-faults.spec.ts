import { describe, expect, it } from 'vitest';
import { structuralFaults } from '#src/testing/apiserver/schema/structural-faults.ts';

const text = { type: 'string' };
const fields = (schema: object) => structuralFaults(schema, 's').map(({ field }) => field);

// The words are compared with a kube-apiserver in spec/conformance/definitions.ts.
describe('structuralFaults', () => {
  it('has none of a structural schema', () => {
    const intOrString = { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] };
    const properties = { a: text, port: intOrString, map: { type: 'object', additionalProperties: text } };
    const metadata = { type: 'object', properties: { name: { ...text, pattern: '^a' } } };
    expect(fields({ type: 'object', properties: { ...properties, metadata }, oneOf: [{ required: ['a'] }] })).toEqual(
      [],
    );
  });

  it.each([
    [{}, ['s.type']],
    [{ type: 'string' }, ['s.type']],
    [{ type: 'object', additionalProperties: true }, ['s.additionalProperties']],
    [{ type: 'object', properties: { kind: { type: 'integer' } } }, ['s.properties[kind].type']],
    [{ type: 'object', properties: { metadata: { type: 'object', minProperties: 1 } } }, ['s.properties[metadata]']],
    [{ type: 'object', properties: { a: { type: 'array' } } }, ['s.properties[a].items']],
    [
      { type: 'object', properties: { a: { additionalProperties: {} } } },
      ['s.properties[a].additionalProperties.type', 's.properties[a].type'],
    ],
    [{ type: 'object', properties: { a: { ...text, pattern: '(' } } }, ['s.properties[a].pattern']],
    [{ type: 'object', allOf: [{ properties: { a: {} } }] }, ['s.properties[a]']],
    [
      { type: 'object', properties: { a: text }, not: { properties: { a: { type: 'string', title: 't' } } } },
      ['s.not.properties[a].title', 's.not.properties[a].type'],
    ],
    [
      { type: 'object', anyOf: [{ properties: { metadata: {} } }] },
      ['s.anyOf[0].properties[metadata]', 's.properties[metadata]'],
    ],
    [
      { type: 'object', oneOf: [{ additionalProperties: true, 'x-kubernetes-validations': [{}] }] },
      ['s.oneOf[0].additionalProperties', 's.oneOf[0].x-kubernetes-validations'],
    ],
    [
      {
        type: 'object',
        properties: { a: { type: 'object', 'x-kubernetes-embedded-resource': true, additionalProperties: text } },
      },
      ['s.properties[a].additionalProperties', 's.properties[a].properties'],
    ],
  ])('tells where a schema is not: %j', (schema, expected) => {
    expect(fields(schema)).toEqual(expected);
  });
});
