import oracle, { type Operation } from 'fast-json-patch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPatch, JsonPatchError } from '#src/testing/apiserver/json-patch.ts';

const document = { a: { b: 1, 'c/d': 2, 'e~f': 3 }, list: [1, 2, 3], __text: null };

describe('jsonPatch', () => {
  it.each([
    [[{ op: 'add', path: '/list/1', value: 9 }], { ...document, list: [1, 9, 2, 3] }],
    [[{ op: 'add', path: '/list/-', value: 9 }], { ...document, list: [1, 2, 3, 9] }],
    [[{ op: 'add', path: '', value: 9 }], 9],
    [[{ op: 'replace', path: '/a/c~1d', value: 9 }], { ...document, a: { b: 1, 'c/d': 9, 'e~f': 3 } }],
    [[{ op: 'remove', path: '/a/e~0f' }], { ...document, a: { b: 1, 'c/d': 2 } }],
    [[{ op: 'remove', path: '/list/0' }], { ...document, list: [2, 3] }],
    [[{ op: 'copy', from: '/list', path: '/a/b' }], { ...document, a: { b: [1, 2, 3], 'c/d': 2, 'e~f': 3 } }],
    [[{ op: 'move', from: '/list/0', path: '/list/2' }], { ...document, list: [2, 3, 1] }],
    [[{ op: 'move', from: '/list', path: '/list' }], document],
    [[{ op: 'test', path: '/__text', value: null }], document],
  ])('%j', (operations, expected) => {
    expect(jsonPatch(document, operations)).toEqual(expected);
  });

  it.each([
    [null],
    [{ op: 'grow', path: '/a' }],
    [{ op: 'add', path: '/a' }],
    [{ op: 'add', path: 'a', value: 1 }],
    [{ op: 'add', path: '/x/y', value: 1 }],
    [{ op: 'add', path: '/list/4', value: 1 }],
    [{ op: 'add', path: '/list/01', value: 1 }],
    [{ op: 'add', path: '/list/x', value: 1 }],
    [{ op: 'add', path: '/__text/x', value: 1 }],
    [{ op: 'replace', path: '/x', value: 1 }],
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

  it('never reaches a prototype', () => {
    const patched = jsonPatch({}, [{ op: 'add', path: '/__proto__', value: { polluted: true } }]);
    expect(JSON.stringify(patched)).toBe('{"__proto__":{"polluted":true}}');
    expect(() => jsonPatch({}, [{ op: 'add', path: '/__proto__/polluted', value: true }])).toThrow(JsonPatchError);
    expect({}).not.toHaveProperty('polluted');
  });

  // The other one also writes into texts and numbers, which the standard does not allow.
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
        applied++;
        const patch = structuredClone(operations) as Operation[];
        expect(patched).toEqual(oracle.applyPatch(structuredClone(before), patch, true).newDocument);
      }),
      { numRuns: 3000 },
    );
    expect(applied).toBeGreaterThan(100);
  });
});
