import { describe, expect, it } from 'vitest';
import { defaultedObject } from '#src/testing/apiserver/schema/defaulted-object.ts';

const number = { type: 'integer' };

describe('defaultedObject', () => {
  it('fills in what is not there, and what is in that', () => {
    const inner = { type: 'object', default: {}, properties: { a: { ...number, default: 1 } } };
    const schema = { type: 'object', properties: { inner, list: { type: 'array', items: inner } } };
    expect(defaultedObject({ list: [{}, { a: 2 }] }, schema)).toEqual({ inner: { a: 1 }, list: [{ a: 1 }, { a: 2 }] });
    expect(defaultedObject({ inner: { a: 3 } }, schema)).toEqual({ inner: { a: 3 } });
  });

  it('takes a null that may not be for nothing, and keeps one that may', () => {
    const properties = { a: { ...number, default: 1 }, b: number, c: { ...number, nullable: true, default: 1 } };
    expect(defaultedObject({ a: null, b: null, c: null, unknown: null }, { properties })).toEqual({
      a: 1,
      c: null,
      unknown: null,
    });
  });

  it('fills in the values of maps', () => {
    const schema = { additionalProperties: { properties: { a: { ...number, default: 1 } } } };
    expect(defaultedObject({ k: {} }, schema)).toEqual({ k: { a: 1 } });
  });

  it('gives the same object where there is nothing to do, and a copy of each default', () => {
    const filled = { type: 'object', default: { x: [] } };
    const schema = { properties: { a: filled } };
    const object = { a: { x: [1] } };
    expect(defaultedObject(object, schema)).toBe(object);
    expect(defaultedObject({}, schema)['a']).not.toBe(filled.default);
  });
});
