import oracle, { type Operation } from 'fast-json-patch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPatch, JsonPatchError } from '#src/testing/apiserver/patch/json-patch.ts';

const document = { a: { b: 1, 'c/d': 2, 'e~f': 3 }, list: [1, 2, 3], __text: null };

describe('jsonPatch', () => {
  it.each([
    [[{ op: 'add', path: '/list/1', value: 9 }], { ...document, list: [1, 9, 2, 3] }],
    [[{ op: 'add', path: '/list/-', value: 9 }], { ...document, list: [1, 2, 3, 9] }],
    [[{ op: 'replace', path: '/a/c~1d', value: 9 }], { ...document, a: { b: 1, 'c/d': 9, 'e~f': 3 } }],
    [[{ op: 'remove', path: '/a/e~0f' }], { ...document, a: { b: 1, 'c/d': 2 } }],
    [[{ op: 'remove', path: '/list/0' }], { ...document, list: [2, 3] }],
    [[{ op: 'copy', from: '/list', path: '/a/b' }], { ...document, a: { b: [1, 2, 3], 'c/d': 2, 'e~f': 3 } }],
    [[{ op: 'move', from: '/list/0', path: '/list/2' }], { ...document, list: [2, 3, 1] }],
    [[{ op: 'move', from: '/list', path: '/list' }], document],
    [[{ op: 'test', path: '/__text', value: null }], document],
    [[{ op: 'test', path: '', value: document }], document],
    [[{ op: 'replace', path: '', value: { x: 1 } }], { x: 1 }],
  ])('%j', (operations, expected) => {
    expect(jsonPatch(document, operations)).toEqual(expected);
  });

  // Where the server's implementation goes beyond the standard.
  it.each([
    [[{ op: 'add', path: '/__text' }], document],
    [[{ op: 'add', path: '/list/-1', value: 9 }], { ...document, list: [1, 2, 3, 9] }],
    [[{ op: 'add', path: '/list/01', value: 9 }], { ...document, list: [1, 9, 2, 3] }],
    [[{ op: 'replace', path: '/x', value: 1 }], { ...document, x: 1 }],
    [[{ op: 'replace', path: '/list/-1', value: 9 }], { ...document, list: [1, 2, 9] }],
    [[{ op: 'replace', path: '/list/+1', value: 9 }], { ...document, list: [1, 9, 3] }],
    [[{ op: 'remove', path: '/list/-3' }], { ...document, list: [2, 3] }],
    [[{ op: 'test', path: '/x', value: null }], document],
    [[{ op: 'test', path: '/x' }], document],
    [[{ op: 'copy', from: '/x', path: '/y' }], { ...document, y: null }],
    [[{ op: 'add', path: 'ignored/a/b', value: 9 }], { ...document, a: { b: 9, 'c/d': 2, 'e~f': 3 } }],
  ])('%j, as the server has it', (operations, expected) => {
    expect(jsonPatch(document, operations)).toEqual(expected);
  });

  it.each([
    [null],
    [{ op: 'add', path: '', value: {} }],
    [{ op: 'remove', path: '' }],
    [{ op: 'replace', path: '', value: 1 }],
    [{ op: 'copy', from: '', path: '/x' }],
    [{ op: 'test', path: '/list' }],
    [{ op: 'grow', path: '/a' }],
    [{ op: 'add', path: 'a', value: 1 }],
    [{ op: 'add', path: '/x/y', value: 1 }],
    [{ op: 'add', path: '/list/4', value: 1 }],
    [{ op: 'add', path: '/list/-5', value: 1 }],
    [{ op: 'add', path: '/list/x', value: 1 }],
    [{ op: 'add', path: '/__text/x', value: 1 }],
    [{ op: 'replace', path: '/list/3', value: 1 }],
    [{ op: 'replace', path: '/list/-4', value: 1 }],
    [{ op: 'replace', path: '/list/-', value: 1 }],
    [{ op: 'remove', path: '/list/3' }],
    [{ op: 'remove', path: '/a/toString' }],
    [{ op: 'test', path: '/a/b', value: 2 }],
    [{ op: 'move', from: '/a', path: '/a/b' }],
    [{ op: 'copy', path: '/a/b' }],
  ])('refuses %j, and what came before it', (operation) => {
    const before = structuredClone(document);
    expect(() => jsonPatch(document, [{ op: 'remove', path: '/a/b' }, operation])).toThrow(JsonPatchError);
    expect(document).toEqual(before);
  });

  it.each([[1], ['x'], [{ op: 1 }], [{ op: 'add', path: 1 }], [{ op: 'copy', from: {} }]])(
    'calls %j malformed',
    (operation) => {
      const refused = () => jsonPatch(document, [operation]);
      expect(refused).toThrow(JsonPatchError);
      expect(refused).toThrow(expect.objectContaining({ malformed: true }));
    },
  );

  it('bounds what copies add up to, long before they do', () => {
    const doubling = Array.from({ length: 40 }, (_, index) => [
      { op: 'copy', from: '/a', path: `/a/${index}` },
      { op: 'copy', from: '/a', path: `/b${index}` },
    ]).flat();
    expect(() => jsonPatch({ a: {} }, doubling)).toThrow('the copies of a patch are too large');
    const wide = Array.from({ length: 3 }, (_, index) => ({ op: 'copy', from: '/a', path: `/b${index}` }));
    const text = 'x'.repeat(1024 * 1024 - 2);
    expect(Object.keys(jsonPatch({ a: text }, wide) as object)).toHaveLength(4);
    expect(() => jsonPatch({ a: `${text}x` }, wide)).toThrow('the copies of a patch are too large');
  });

  it('bounds how deep copies are nested', () => {
    const nesting = Array.from({ length: 100 }, (_, index) => [
      { op: 'add', path: `/b${'/a'.repeat(index)}`, value: { a: {} } },
    ]).flat();
    const deep = Array.from({ length: 10 }, () => [
      { op: 'copy', from: '/b', path: '/c' },
      { op: 'copy', from: '/c', path: `/b${'/a'.repeat(99)}` },
    ]).flat();
    expect(() => jsonPatch({}, [...nesting, ...deep])).toThrow(JsonPatchError);
  });

  it('never reaches a prototype', () => {
    const patched = jsonPatch({}, [{ op: 'add', path: '/__proto__', value: { polluted: true } }]);
    expect(JSON.stringify(patched)).toBe('{"__proto__":{"polluted":true}}');
    expect(() => jsonPatch({}, [{ op: 'add', path: '/__proto__/polluted', value: true }])).toThrow(JsonPatchError);
    expect({}).not.toHaveProperty('polluted');
  });

  // The other one also writes into texts and numbers, and refuses what only the server takes.
  it('agrees with another implementation on what it applies', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', '0', '1', '-'), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map((part) => `/${part}`).join(''));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, 0, 'x'),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('value')),
      ),
    }));
    const given = fc.record({ a: fc.record({ a: value, b: value }), b: fc.tuple(value, value) });
    const op = fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test');
    const operation = fc.record({ op, path, from: path, value });
    let applied = 0;
    fc.assert(
      fc.property(given, fc.array(operation, { minLength: 1, maxLength: 3 }), (before, operations) => {
        let patched: unknown;
        try {
          patched = jsonPatch(before, operations);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonPatchError);
          return;
        }
        const patch = structuredClone(operations) as Operation[];
        let expected: unknown;
        try {
          expected = oracle.applyPatch(structuredClone(before), patch, true).newDocument;
        } catch {
          return;
        }
        applied++;
        expect(patched).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
    expect(applied).toBeGreaterThan(100);
  });
});
