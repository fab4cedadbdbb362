import { describe, expect, it } from 'vitest';
import { deepFreeze } from '#src/sharing/deep-freeze.ts';
import { mutableCopy } from '#src/sharing/mutable-copy.ts';
import { withPartsOf } from '#src/sharing/with-parts-of.ts';

type Fields = Record<string, unknown>;

const parse = (text: string): Fields => JSON.parse(text) as Fields;

const written = (value: unknown): string => JSON.stringify(value);

/** Every object and array in a value. */
function nodes(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(nodes)];
}

const text = '{"a":{"b":[1,{"c":null}]},"d":{"e":"f"},"g":[[],{}],"__proto__":{"h":1}}';

describe('mutableCopy', () => {
  it('shares no part with what it was made of', () => {
    const object = deepFreeze(parse(text));
    const copy = mutableCopy(object);
    expect(written(copy)).toBe(text);
    const own = new Set(nodes(object));
    expect(nodes(copy).filter((node) => own.has(node) || Object.isFrozen(node))).toEqual([]);
  });

  it('hands on what is not a plain object, and copies what has no prototype as such', () => {
    const date = new Date(0);
    const bare = Object.assign(Object.create(null) as Fields, { a: {} });
    const copy = mutableCopy({ date, bare, bytes: new Uint8Array(1), none: undefined });
    expect(copy.date).toBe(date);
    expect(Object.getPrototypeOf(copy.bare)).toBe(null);
    expect(copy.bare).toEqual(bare);
    expect(copy.bare).not.toBe(bare);
  });

  it('comes to an end, however deep, and where a value holds itself', () => {
    const levels = 100_000;
    const deep = deepFreeze(parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`));
    let copy: unknown = mutableCopy(deep);
    let depth = 0;
    for (; typeof copy === 'object' && copy !== null; depth++) {
      if (Object.isFrozen(copy)) break;
      copy = (copy as Fields)['a'];
    }
    expect([copy, depth]).toEqual([1, levels]);
    const round: Fields = { name: 'round' };
    round['self'] = [round];
    let part: unknown = mutableCopy(round);
    for (let step = 0; step < 2000; step++) {
      expect(part).not.toBe(round);
      part = Object.values(part as object).at(-1);
    }
    expect(written((withPartsOf(round, { name: 'other', self: [] }) as Fields)['name'])).toBe('"other"');
  });
});
