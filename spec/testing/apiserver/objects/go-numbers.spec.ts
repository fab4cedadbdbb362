import { describe, expect, it } from 'vitest';
import { asGoReads, withoutBigInts } from '#src/testing/apiserver/objects/go-numbers.ts';

describe('asGoReads', () => {
  it.each([
    [1, 1],
    [5n, 5],
    [9007199254740993n, 9007199254740993n],
    [2n ** 63n - 1n, 2n ** 63n - 1n],
    [-(2n ** 63n), -(2n ** 63n)],
    [2n ** 63n, 2 ** 63],
    [10n ** 300n, 1e300],
    [1e300, 1e300],
  ])('reads %s as %s, at any depth', (given, read) => {
    expect(asGoReads(given)).toEqual({ value: read });
    expect(asGoReads({ a: [{ b: given }] })).toEqual({ value: { a: [{ b: read }] } });
  });

  it.each([Infinity, -Infinity, NaN, 10n ** 400n])('knows no %s', (given) => {
    expect(asGoReads({ a: [given] })).toBeUndefined();
  });
});

describe('withoutBigInts', () => {
  it('has the nearest number that is an int64 where the BigInt is one', () => {
    const given = { a: [{ b: 2n ** 63n - 1n }, -(2n ** 63n)], c: 2n ** 63n, d: 'x' };
    expect(withoutBigInts(given)).toEqual({ a: [{ b: 2 ** 63 - 1024 }, -(2 ** 63)], c: 2 ** 63, d: 'x' });
    expect(given.a[1]).toBe(-(2n ** 63n));
  });

  it('is the value itself where it has none', () => {
    const given = { a: [1, { b: null }], c: 'x' };
    expect(withoutBigInts(given)).toBe(given);
  });

  it('keeps an own __proto__ as data', () => {
    const given = JSON.parse('{"__proto__":{"a":1}}') as Record<string, unknown>;
    given['b'] = 2n ** 60n;
    expect(Object.keys(withoutBigInts(given) as object)).toEqual(['__proto__', 'b']);
  });
});
