import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interner } from '#src/sharing/interner.ts';

type Json = Record<string, unknown>;

// Few names and few leaves, so that equal parts are common; `__proto__` is an own property, as JSON.parse makes it.
const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '0', '');
const leaf = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  1,
  '',
  'x',
  '1',
  '2026-11-26T19:00:00Z',
  '2026-11-26T19:00:01Z',
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(objectOf),
  ),
}));
const text = fc
  .tuple(fc.constantFrom('owner-1', 'owner-2'), fc.array(fc.tuple(name, value), { maxLength: 4 }))
  .map(([uid, fields]) =>
    JSON.stringify({ metadata: { ownerReferences: [{ uid, controller: true }] }, rest: objectOf(fields) }),
  );

function objectOf(fields: readonly (readonly [string, unknown])[]): unknown {
  const members = fields.map(([key, field]) => `${JSON.stringify(key)}:${JSON.stringify(field)}`);
  return JSON.parse(`{${members.join(',')}}`);
}

function parse(json: string): Json {
  return JSON.parse(json) as Json;
}

function visitParts(part: unknown, other: unknown, visit: (part: object, other: unknown) => void): void {
  if (typeof part !== 'object' || part === null) return;
  visit(part, other);
  const isLike = typeof other === 'object' && other !== null && Array.isArray(other) === Array.isArray(part);
  for (const key of Object.keys(part)) {
    const isShared = isLike && Object.hasOwn(other, key);
    visitParts((part as Json)[key], isShared ? (other as Json)[key] : undefined, visit);
  }
}

describe('interner', () => {
  it('changes no value, shares every part that is equal at its place, and freezes all', () => {
    let shared = 0;
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 8 }), fc.boolean(), (texts, siblings) => {
        const intern = interner<Json>({ siblings, maxOwners: 1 });
        const results: Json[] = [];
        for (const json of texts) {
          const previous = results.at(-1);
          const object = intern(previous, parse(json));
          expect(JSON.stringify(object)).toBe(json);
          visitParts(object, previous, (part, before) => {
            expect(Object.isFrozen(part)).toBe(true);
            if (JSON.stringify(part) !== JSON.stringify(before)) return;
            expect(part).toBe(before);
            shared++;
          });
          results.push(object);
        }
        expect(results.map((object) => JSON.stringify(object))).toEqual(texts);
      }),
      { numRuns: 300 },
    );
    expect(shared).toBeGreaterThan(300);
  });

  it('shares with the sibling what the previous revision does not have', () => {
    let shared = 0;
    fc.assert(
      fc.property(text, text, fc.option(text), (first, second, given) => {
        const third = given ?? first;
        const intern = interner<Json>();
        const template = intern(undefined, parse(first));
        const previous = intern(undefined, parse(second));
        const object = intern(previous, parse(third));
        expect(JSON.stringify(object)).toBe(third);
        const owner = (json: string): string => json.slice(0, 70);
        if (owner(first) !== owner(third)) return;
        visitParts(object, template, (part, sibling) => {
          if (JSON.stringify(part) !== JSON.stringify(sibling) || part === sibling) return;
          // Then it is the previous revision's, or a part of a part that is.
          let found = false;
          visitParts(previous, undefined, (candidate) => (found ||= candidate === part));
          expect(found).toBe(true);
        });
        if (object['rest'] === template['rest'] && object['rest'] !== previous['rest']) shared++;
      }),
      { numRuns: 500 },
    );
    expect(shared).toBeGreaterThan(5);
  });
});
