import { describe, expect, it } from 'vitest';
import { CustomContent } from '#src/testing/apiserver/schema/custom-content.ts';

const text = { type: 'string', maxLength: 3 };
const set = { type: 'array', 'x-kubernetes-list-type': 'set', items: text };
const part = { type: 'object', required: ['a'], properties: { a: text, b: { ...text, default: 'b' }, set } };
const content = new CustomContent({ type: 'object', properties: { spec: part, status: part } });
const head = { apiVersion: 'ex.io/v1', kind: 'Widget', metadata: { name: 'x' } };
const object = (spec: object, status?: object) => ({ ...head, spec, ...(status && { status }) });
const fields = (given: object, current?: object, ofStatus = false) =>
  content.faults(given as Record<string, unknown>, { ...(current && { current }), ofStatus }).map(({ field }) => field);

describe('CustomContent', () => {
  it('reads what the schema knows, with its defaults', () => {
    expect(content.read(object({ a: 'x', c: 1 }))).toEqual(object({ a: 'x', b: 'b' }));
    const read = object({ a: 'x', b: 'y' });
    expect(content.read(read)).toBe(read);
  });

  it('tells what is wrong with a new object', () => {
    expect(fields(object({ b: 'long', set: ['x', 'x'] }))).toEqual(['spec.a', 'spec.b', 'spec.set[1]']);
    expect(fields(object({ a: 'x' }))).toEqual([]);
  });

  it('lets be what was wrong before and is the same', () => {
    const before = object({ b: 'long', set: ['x', 'x'] });
    expect(fields(object({ b: 'long', set: ['x', 'x'] }, { a: 'x' }), before)).toEqual([]);
    expect(fields(object({ b: 'longer', set: ['y', 'y'] }), before)).toEqual(['spec.a', 'spec.b']);
  });

  it('looks at the status alone where that is written', () => {
    const given = object({ b: 'long' }, { a: 'long' });
    expect(fields(given, object({ b: 'other' }), true)).toEqual(['status.a']);
    expect(fields(object({}, {}), object({ a: 'x' }), true)).toEqual(['status.a']);
    expect(fields(object({}), object({ a: 'x' }), true)).toEqual([]);
  });
});
