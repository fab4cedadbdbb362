import { describe, expect, it } from 'vitest';
import { schemaType } from '#src/testing/apiserver/apply/schema-type.ts';

const text = { type: 'string' };
const type = schemaType({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        list: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['a', 'b'],
          items: { type: 'object', properties: { a: text, b: { ...text, default: 'x' } } },
        },
        set: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
        atomic: { type: 'object', 'x-kubernetes-map-type': 'atomic' },
        map: { type: 'object', additionalProperties: text },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
});
const spec = type.member('spec');

describe('schemaType', () => {
  it('takes keys, their defaults, sets and atomic maps from the schema', () => {
    expect(spec.member('list').list).toEqual([{ name: 'a' }, { name: 'b', missing: 'x' }]);
    expect(spec.member('set').list).toBe('set');
    expect(spec.member('atomic').isAtomic).toBe(true);
  });

  it('knows which members there may be', () => {
    expect([spec.knows?.('list'), spec.knows?.('other')]).toEqual([true, false]);
    expect(spec.member('list').item().knows?.('c')).toBe(false);
    for (const name of ['map', 'free']) expect(spec.member(name).knows).toBeUndefined();
    expect([type.knows?.('metadata'), type.knows?.('status')]).toEqual([true, false]);
  });

  it('knows every member of a map of which nothing is said, and below one that keeps what it does not know', () => {
    const free = schemaType({
      type: 'object',
      properties: {
        any: { type: 'object' },
        kept: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
          properties: { inner: { type: 'object', properties: { a: text } } },
        },
      },
    });
    expect(free.member('any').knows).toBeUndefined();
    expect(free.member('kept').member('inner').knows).toBeUndefined();
  });

  it('says what a value has to be', () => {
    const scalars = { i: 'integer', n: 'number', b: 'boolean', s: 'string', o: 'object', l: 'array' };
    const properties = Object.fromEntries(Object.entries(scalars).map(([name, of]) => [name, { type: of }]));
    const forms = schemaType({
      type: 'object',
      properties: {
        ...properties,
        d: { type: 'string', format: 'date-time' },
        x: { 'x-kubernetes-int-or-string': true },
      },
    });
    const names = [...Object.keys(scalars), 'd', 'x'];
    expect(names.map((name) => forms.member(name).form)).toEqual([
      'number',
      'number',
      'boolean',
      'text',
      'map',
      'list',
      'scalar',
      undefined,
    ]);
  });

  it('has the metadata of any object', () => {
    expect(type.member('metadata').member('finalizers').list).toBe('set');
    expect(schemaType({}).knows?.('anything')).toBe(false);
  });
});
