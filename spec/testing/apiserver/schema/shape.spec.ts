import { describe, expect, it } from 'vitest';
import { DecodeFault } from '#src/testing/apiserver/objects/decoded-object.ts';
import {
  anything,
  decimal,
  either,
  flag,
  integer,
  listOf,
  mapOf,
  type Shape,
  structOf,
  text,
} from '#src/testing/apiserver/schema/shape.ts';

const node: Shape = structOf('v1.Node', () => ({
  name: text,
  size: integer,
  weight: decimal,
  isLeaf: flag,
  any: anything,
  nodes: listOf(node, '[]v1.Node'),
  byName: mapOf(node, 'map[string]v1.Node'),
  flagOrText: either((value) => typeof value === 'boolean', flag, text),
}));
const read = (value: unknown) => node(value, 'spec', 'Thing');

describe('shapes', () => {
  it('read what they know, without what is null', () => {
    const value = { name: 'a', size: 1, weight: 0.5, isLeaf: true, any: { x: null }, flagOrText: false, bogus: 1 };
    expect(read({ ...value, nodes: [value], byName: { a: null, __proto__: 1 } })).toEqual({
      ...value,
      bogus: undefined,
      nodes: [{ ...value, bogus: undefined }],
      byName: {},
    });
    expect(read({ name: null })).toEqual({});
  });

  it('keep names that an object has on its prototype', () => {
    const given = JSON.parse('{"byName":{"__proto__":{"name":"a"}}}') as unknown;
    expect(JSON.stringify(read(given))).toBe('{"byName":{"__proto__":{"name":"a"}}}');
  });

  it.each([
    [[], 'array into Go struct field Thing.spec of type v1.Node'],
    [{ name: 5 }, 'number into Go struct field Node.spec.name of type string'],
    [{ size: 1.5 }, 'number into Go struct field Node.spec.size of type int64'],
    [{ isLeaf: 'x' }, 'string into Go struct field Node.spec.isLeaf of type bool'],
    [{ nodes: {} }, 'object into Go struct field Node.spec.nodes of type []v1.Node'],
    [{ nodes: [{ byName: [] }] }, 'array into Go struct field Node.spec.nodes.byName of type map[string]v1.Node'],
    [{ flagOrText: 1 }, 'number into Go struct field Node.spec.flagOrText of type string'],
  ])('refuse %j', (value, message) => {
    expect(() => read(value)).toThrow(new DecodeFault(`json: cannot unmarshal ${message}`));
  });
});
