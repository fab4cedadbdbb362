import { describe, expect, it } from 'vitest';
import { asGoReads } from '#src/testing/apiserver/objects/go-numbers.ts';

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
