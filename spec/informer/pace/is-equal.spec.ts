import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEqual } from '#src/informer/pace/is-equal.ts';

class Labels {
  readonly a = 1;
}

describe('isEqual', () => {
  it('takes JSON for equal to its copy, whatever the order of its keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, each]) => [key, reversed(each)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const copy = JSON.parse(JSON.stringify(value)) as unknown;
        expect(isEqual(copy, JSON.parse(JSON.stringify(value)))).toBe(true);
        expect(isEqual(copy, reversed(copy))).toBe(true);
      }),
    );
  });

  it('takes JSON for equal where its canonical texts are, and only there', () => {
    const canonical = (value: unknown): string => {
      if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
      if (value === null || typeof value !== 'object') return JSON.stringify(value);
      const entries = Object.entries(value).map(([key, each]) => `${key}:${canonical(each)}`);
      return `{${entries.sort().join()}}`;
    };
    const small = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.constantFrom(null, true, 0, 1, '', 'a'),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('value'), { maxKeys: 2 }),
      ),
    })).value;
    let equal = 0;
    fc.assert(
      fc.property(small, small, (a, b) => {
        const [left, right] = [a, b].map((each) => JSON.parse(JSON.stringify(each)) as unknown);
        expect(isEqual(left, right)).toBe(canonical(left) === canonical(right));
        equal += Number(isEqual(left, right));
      }),
      { numRuns: 2000 },
    );
    expect(equal).toBeGreaterThan(50);
  });

  it.each([
    ['undefined and null', undefined, null],
    ['an absent key and an undefined one', {}, { a: undefined }],
    ['another key with the same value', { a: 1 }, { b: 1 }],
    ['an array and an object like it', ['a'], { 0: 'a' }],
    ['an array and a longer one', ['a'], ['a', 'b']],
    ['a number and its text', 1, '1'],
    ['an own __proto__ and none', JSON.parse('{"__proto__":{"a":1}}'), {}],
    ['dates', new Date(1), new Date(2)],
    ['dates of the same time, which are not JSON', new Date(1), new Date(1)],
    ['maps', new Map([['a', 1]]), new Map([['a', 2]])],
    ['sets', new Set([1]), new Set([2])],
    ['functions', () => 1, () => 1],
    ['an instance and an object like it', new Labels(), { a: 1 }],
  ])('takes for different: %s', (_, a, b) => {
    expect([isEqual(a, b), isEqual(b, a)]).toEqual([false, false]);
  });

  it.each([
    ['NaN', NaN, NaN],
    ['objects without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['own __proto__ keys', JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":1}}')],
  ])('takes for equal: %s', (_, a, b) => {
    expect([isEqual(a, b), isEqual(b, a)]).toEqual([true, true]);
  });

  it('compares what a server may send, and what it may not, to its bottom', () => {
    const of = (levels: number, leaf: string): unknown =>
      JSON.parse('{"a":['.repeat(levels / 2) + leaf + ']}'.repeat(levels / 2));
    for (const levels of [3000, 10_000, 100_000]) {
      expect(isEqual(of(levels, '1'), of(levels, '1'))).toBe(true);
      expect(isEqual(of(levels, '1'), of(levels, '2'))).toBe(false);
    }
  });

  it('comes to an end with what contains itself', () => {
    const ring = (value: number): object => {
      const object: Record<string, unknown> = { value };
      return Object.assign(object, { left: object, right: [object, { object }] });
    };
    expect(isEqual(ring(1), ring(1))).toBe(true);
    expect(isEqual(ring(1), ring(2))).toBe(false);
    expect(isEqual(ring(1), { value: 1, left: ring(1), right: [ring(1), { object: ring(2) }] })).toBe(false);
  });

  it('does not look into what is shared', () => {
    const shared = Object.defineProperty({}, 'trap', {
      enumerable: true,
      get: () => {
        throw new Error('looked into');
      },
    });
    expect(isEqual({ shared, b: 1 }, { b: 1, shared })).toBe(true);
  });
});
