import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changedParts,
  fitsMergePatch,
  jsonPatchOf,
  mergePatchOf,
  notJson,
} from '#src/controller/writing/changed-parts.ts';
import { jsonPatch } from '#src/testing/apiserver/patch/json-patch.ts';
import { mergePatch } from '#src/testing/apiserver/patch/merge-patch.ts';

type Json = Record<string, unknown>;

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const objects = fc.letrec<{ value: unknown; object: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, 0, 'text', ''),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '~c', ''), tie('value'), { maxKeys: 4 }),
})).object;

describe('changedParts', () => {
  it('leads from one object to any other, as a JSON patch, and as a merge patch where that can say it', () => {
    fc.assert(
      fc.property(objects, objects, (before, after) => {
        const parts = changedParts(before, after);
        expect(jsonPatch(before, asJson(jsonPatchOf(parts)) as unknown[])).toEqual(asJson(after));
        if (parts.every((part) => part.value === undefined || fitsMergePatch(part)))
          expect(mergePatch(before, asJson(mergePatchOf(parts)))).toEqual(asJson(after));
      }),
    );
  });

  it('is empty for equal objects, whatever the order of their members', () => {
    expect(changedParts({ a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1, e: undefined })).toEqual([]);
  });

  it('takes a list as one part', () => {
    expect(changedParts({ a: [1, 2] }, { a: [1, 2, 3] })).toEqual([{ path: ['a'], value: [1, 2, 3] }]);
  });

  it('keeps a member __proto__ a member', () => {
    const parts = changedParts({}, JSON.parse('{"__proto__": {"x": 1}}'));
    expect(JSON.stringify(mergePatchOf(parts))).toBe('{"__proto__":{"x":1}}');
  });
});

describe('notJson', () => {
  it.each([
    [{ a: [{ b: new Map() }] }, '.a.0.b'],
    [{ a: new Date(0) }, '.a'],
    [{ a: () => undefined }, '.a'],
    [{ a: [1, 1n, 'b', null, true, { c: undefined }] }, undefined],
  ])('finds in %o what has no JSON', (value, path) => {
    expect(notJson(value)).toBe(path);
  });
});
