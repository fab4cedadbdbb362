import { describe, expect, it } from 'vitest';
import { schemaFaults } from '#src/testing/apiserver/schema/schema-faults.ts';

const text = { type: 'string' };
const fields = (schema: object) => schemaFaults(schema, 's').map(({ field }) => field);
const list = (items: object, others: object) => ({ type: 'array', items, ...others });
const set = { 'x-kubernetes-list-type': 'set' };
const map = (...keys: string[]) => ({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys });

// The words are compared with a kube-apiserver in spec/conformance/definitions.ts.
describe('schemaFaults', () => {
  it('has none of what a definition may have', () => {
    const items = { type: 'object', required: ['a'], properties: { a: text } };
    const atomic = { type: 'object', 'x-kubernetes-map-type': 'atomic' };
    const rules = { 'x-kubernetes-validations': [{ rule: 'self.a != self.b' }] };
    expect(
      fields({ ...rules, properties: { m: list(items, map('a')), s: list(text, set), o: list(atomic, set) } }),
    ).toEqual([]);
  });

  it.each([
    [{ properties: { a: { type: 'strin' } } }, ['s.properties[a].type']],
    [{ properties: { metadata: { default: {} } } }, ['s.properties[metadata].default']],
    [
      { properties: { a: { items: [text], patternProperties: {}, uniqueItems: true } } },
      ['s.properties[a].patternProperties', 's.properties[a].items', 's.properties[a].uniqueItems'],
    ],
    [{ properties: { a: list({ type: 'object' }, set) } }, ['s.properties[a].items.x-kubernetes-map-type']],
    [
      { properties: { a: list({ type: 'array', 'x-kubernetes-list-type': 'set' }, set) } },
      ['s.properties[a].items.x-kubernetes-list-type'],
    ],
    [
      {
        properties: {
          a: list(
            { type: 'object', nullable: true, required: ['k'], properties: { k: { ...text, nullable: true } } },
            map('k'),
          ),
        },
      },
      ['s.properties[a].items.nullable', 's.properties[a].items.properties[k].nullable'],
    ],
    [
      {
        properties: {
          a: list({ type: 'object', required: ['k'], properties: { k: { type: 'object' } } }, map('k', 'k')),
        },
      },
      [
        's.properties[a].items.properties[k].type',
        's.properties[a].items.properties[k].type',
        's.properties[a].x-kubernetes-list-map-keys',
      ],
    ],
    [{ 'x-kubernetes-map-type': 'atomic' }, ['s.type']],
    [{ type: 'object', 'x-kubernetes-map-type': 'x' }, ['s.x-kubernetes-map-type']],
    [
      { allOf: [{ not: { type: 'null' } }], 'x-kubernetes-validations': [{}] },
      ['s.x-kubernetes-validations[0].rule', 's.allOf[0].not.type', 's.allOf[0].not.type'],
    ],
  ])('tells where it has something else: %j', (schema, expected) => {
    expect(fields(schema)).toEqual(expected);
  });
});
