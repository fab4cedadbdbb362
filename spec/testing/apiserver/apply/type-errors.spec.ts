import { describe, expect, it } from 'vitest';
import { schemaType } from '#src/testing/apiserver/apply/schema-type.ts';
import { typeErrors } from '#src/testing/apiserver/apply/type-errors.ts';

const text = { type: 'string' };
const keyed = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k', 'p'] };
const type = schemaType({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        l: {
          type: 'array',
          ...keyed,
          items: { type: 'object', properties: { k: text, p: { ...text, default: 'TCP' }, v: { type: 'integer' } } },
        },
        m: { type: 'array', ...keyed, items: { type: 'object', properties: { k: text, p: text } } },
        s: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
        i: { type: 'integer' },
        b: { type: 'boolean' },
        t: { type: 'string', format: 'date-time' },
        a: { type: 'array', items: text },
        free: { type: 'object' },
      },
    },
  },
});

describe('typeErrors', () => {
  // As a kube-apiserver 1.36 says it.
  it.each([
    [{ l: [{ k: 'a' }, { k: 'a', p: 'TCP' }] }, '.l: duplicate entries for key [k="a",p="TCP"]'],
    [{ l: [null] }, '.l: element 0: associative list with keys may not have a null element'],
    [{ l: [1] }, '.l: element 0: associative list with keys may not have non-map elements'],
    [{ l: 'x' }, '.l: expected list, got &{x}'],
    [{ l: {} }, '.l: expected list, got &{map[]}'],
    [{ l: [{ k: 'a', v: 'x' }] }, '.l[k="a",p="TCP"].v: expected numeric (int or float), got string'],
    [{ s: [null] }, ".s: element 0: associative list without keys has an element that's an explicit null"],
    [{ s: [[]] }, '.s: element 0: not supported: associative list with lists as elements'],
    [{ s: [{}] }, ".s: element 0: associative list without keys has an element that's a map type"],
    [{ s: ['a', 'a'] }, '.s: duplicate entries for key [="a"]'],
    [{ i: 'x' }, '.i: expected numeric (int or float), got string'],
    [{ i: {} }, '.i: expected numeric (int or float), got map[string]interface {}'],
    [{ b: 1 }, '.b: expected boolean, got &{1}'],
    [{ t: [] }, '.t: expected any scalar, got &{[]}'],
    [{ a: [1] }, '.a[0]: expected string, got &value.valueUnstructured{Value:1}'],
    [
      { a: [{ b: true, a: 'x' }] },
      '.a[0]: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":"x", "b":true}}',
    ],
    [{ foo: 1, bar: 2 }, '.foo: field not declared in schema'],
  ])('of the spec %j says %s', (spec, expected) => {
    expect(typeErrors({ spec }, type)).toEqual([`.spec${expected}`]);
  });

  it('says which keys an item has none of', () => {
    expect(typeErrors({ spec: { m: [{ v: 1 }] } }, type)).toEqual([
      '.spec.m: element 0: associative list with keys has an element that omits all key fields ["k" "p"] ' +
        "(and doesn't have default values for any key fields)",
    ]);
  });

  it('takes nulls, free maps, and values of their form', () => {
    const spec = { l: null, s: ['a'], i: 1.5, b: false, t: 5, a: ['x', 'x'], free: { x: { y: [1, {}] } } };
    expect(typeErrors({ spec, metadata: { labels: null } }, type)).toEqual([]);
    expect(typeErrors({ spec: [] }, type)).toEqual(['.spec: expected map, got &{[]}']);
  });

  it('looks at 50,000 items of a set once each', () => {
    const began = performance.now();
    expect(typeErrors({ spec: { s: Array.from({ length: 50_000 }, (_, index) => `x${index}`) } }, type)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
