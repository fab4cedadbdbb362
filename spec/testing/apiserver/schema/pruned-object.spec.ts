import { describe, expect, it } from 'vitest';
import { prunedObject, prunedValue } from '#src/testing/apiserver/schema/pruned-object.ts';

const text = { type: 'string' };
const keeps = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const head = { apiVersion: 'ex.io/v1', kind: 'Widget', metadata: { name: 'a', any: 1 } };
const schema = (spec: object) => ({ type: 'object', properties: { spec } });

/** What is left of a spec, and what went. */
function pruned(spec: unknown, of: object): { readonly left: unknown; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const left = prunedObject({ ...head, spec }, schema(of), (path) => unknown.push(path));
  return { left: left['spec'], unknown };
}

describe('prunedObject', () => {
  it('takes away what the schema does not know, and tells of it', () => {
    const of = { type: 'object', properties: { a: text, list: { type: 'array', items: { properties: { b: text } } } } };
    expect(pruned({ a: 'x', c: 1, list: [{ b: 'x', d: 1 }] }, of)).toEqual({
      left: { a: 'x', list: [{ b: 'x' }] },
      unknown: ['spec.c', 'spec.list[0].d'],
    });
  });

  it('gives the same object where nothing goes', () => {
    const object = { ...head, spec: { a: 'x', map: { k: { b: 'y' } } } };
    const of = { properties: { a: text, map: { additionalProperties: { properties: { b: text } } } } };
    expect(prunedObject(object, schema(of))).toBe(object);
    expect(prunedObject({ ...object, other: 1 }, schema(of))).toEqual(object);
  });

  it('keeps all where it is told to, and prunes what is described below that', () => {
    const of = { ...keeps, properties: { known: { type: 'object', properties: { b: text } } } };
    expect(pruned({ any: { x: 1 }, list: [{ y: 1 }], known: { b: 'x', c: 1 } }, of).left).toEqual({
      any: { x: 1 },
      list: [{ y: 1 }],
      known: { b: 'x' },
    });
  });

  it('keeps of embedded objects what says what they are', () => {
    const of = { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { spec: { type: 'object' } } };
    const embedded = { ...head, spec: { x: 1 }, other: 1 };
    expect(pruned(embedded, of).left).toEqual({ ...head, spec: {} });
  });

  it('keeps members of any name where they are values of a map', () => {
    expect(pruned({ a: 1 }, { type: 'object', additionalProperties: true }).left).toEqual({ a: 1 });
    const given = JSON.parse('{"__proto__":{"a":1},"b":2}') as unknown;
    expect(JSON.stringify(pruned(given, keeps).left)).toBe('{"__proto__":{"a":1},"b":2}');
    expect(JSON.stringify(pruned(given, { type: 'object', properties: {} }).left)).toBe('{}');
  });
});

describe('prunedValue', () => {
  it('prunes a value that is no whole object', () => {
    expect(prunedValue({ a: 'x', b: 1 }, { properties: { a: text } })).toEqual({ a: 'x' });
    expect(prunedValue('x', text)).toBe('x');
  });
});
