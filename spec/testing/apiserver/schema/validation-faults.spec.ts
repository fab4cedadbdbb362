import { describe, expect, it } from 'vitest';
import { schemaValidator } from '#src/testing/apiserver/schema/schema-validator.ts';

const texts = (value: unknown, schema: object) =>
  schemaValidator(schema)(value).map(({ fault: { field, message } }) => `${field}: ${message}`);
const number = { type: 'integer' };

// The words for each keyword are compared with a kube-apiserver in spec/conformance/custom-objects.ts.
describe('placedFaults', () => {
  it('names the place of a value in lists and objects', () => {
    const schema = { properties: { a: { items: { properties: { 'b/c~d': number } } } } };
    expect(texts({ a: [{}, { 'b/c~d': 'x' }] }, schema)).toEqual([
      'a[1].b/c~d: Invalid value: "string": a[1].b/c~d in body must be of type integer: "string"',
    ]);
    const [placed] = schemaValidator(schema)({ a: [{ 'b/c~d': 'x' }] });
    expect(placed?.steps).toEqual(['a', '0', 'b/c~d']);
  });

  it('tells of alternatives the nearest one alone', () => {
    const anyOf = [{ required: ['x', 'y'] }, { required: ['z'] }];
    expect(texts({ a: {} }, { properties: { a: { type: 'object', anyOf } } })).toEqual([
      '<nil>: Invalid value: "": "a" must validate at least one schema (anyOf)',
      'a.z: Required value',
    ]);
  });

  it('tells where some of several schemas do not hold, and where none does', () => {
    const allOf = [{ properties: { x: { minimum: 5 } } }, { required: ['y'] }];
    const schema = { properties: { a: { items: { type: 'object', properties: { x: number, y: number }, allOf } } } };
    const place = '"a[0]" must validate all the schemas (allOf)';
    expect(texts({ a: [{ x: 1, y: 1 }] }, schema)).toContain(`<nil>: Invalid value: "": ${place}`);
    expect(texts({ a: [{ x: 1 }] }, schema)).toContain(`<nil>: Invalid value: "": ${place}. None validated`);
    expect(texts({ a: [{ x: 5, y: 1 }] }, schema)).toEqual([]);
  });

  it('tells of an int64 that is too large', () => {
    expect(texts({ a: 2 ** 63 }, { properties: { a: { ...number, format: 'int64' } } })).toEqual([
      'a: Invalid value: "float64": a in body must be of type int64: "float64"',
      '<nil>: Invalid value: "": Checked value must be of type integer with format int64 in a',
    ]);
  });
});
