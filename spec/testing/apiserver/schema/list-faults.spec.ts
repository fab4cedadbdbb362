import { describe, expect, it } from 'vitest';
import { listFaults } from '#src/testing/apiserver/schema/list-faults.ts';

const set = { type: 'array', 'x-kubernetes-list-type': 'set' };
const map = (...keys: string[]) => ({
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
});
const texts = (value: unknown, schema: object) =>
  listFaults({ l: value }, { properties: { l: schema } }).map(({ field, message }) => `${field}: ${message}`);

describe('listFaults', () => {
  it('tells of each item of a set that is there again, once', () => {
    expect(texts(['a', 'b', 'a', 'a', 1, '1'], set)).toEqual(['l[2]: Duplicate value: "a"']);
    expect(
      texts(
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
        set,
      ),
    ).toEqual(['l[1]: Duplicate value: {"b":2,"a":1}']);
  });

  it('tells of items with the same keys, absent ones included', () => {
    expect(texts([{ n: 1, v: 1 }, { n: 1 }, { n: 2 }], map('n'))).toEqual(['l[1]: Duplicate value: {"n":1}']);
    expect(texts([{ v: 1 }, {}], map('n'))).toEqual(['l[1]: Duplicate value: {}']);
    expect(texts([{ a: 1, b: 1 }, { a: 1 }, { b: 1, a: 1 }], map('a', 'b'))).toEqual([
      'l[2]: Duplicate value: {"a":1,"b":1}',
    ]);
    expect(texts(['x'], map('n'))).toEqual([
      'l[0]: Invalid value: "x": must be an object for an array of list-type map',
    ]);
  });

  it('looks into items, members and maps', () => {
    const schema = { additionalProperties: { properties: { s: set } } };
    expect(texts({ k: { s: [1, 1] } }, schema)).toEqual(['l[k].s[1]: Duplicate value: 1']);
    expect(texts([{ s: [1, 1] }], { items: { properties: { s: set } } })).toEqual(['l[0].s[1]: Duplicate value: 1']);
    expect(texts(['a', 'a'], { type: 'array' })).toEqual([]);
  });
});
