import { describe, expect, it } from 'vitest';
import { UnsafeNumberError } from 'kuberx';
import { jsonBody } from '#src/transport/decode/json-body.ts';

function failureOf(value: unknown): UnsafeNumberError {
  try {
    jsonBody('v1/pods', value);
  } catch (error) {
    expect(error).toBeInstanceOf(UnsafeNumberError);
    return error as UnsafeNumberError;
  }
  throw new Error('It was written.');
}

describe('jsonBody', () => {
  it.each([
    ['an integer beyond 2^53', 2 ** 53, /beyond 2\^53/],
    ['a negative one', -(2 ** 53), /beyond 2\^53/],
    ['the rounded largest int64', Number('9223372036854775807'), /BigInt/],
    ['the largest integer that is written without an exponent', 999999999999999900000, /beyond 2\^53/],
    ['NaN', NaN, /NaN, which JSON cannot write/],
    ['what 1e400 is read as', JSON.parse('1e400') as number, /Infinity/],
    ['its negative', -Infinity, /-Infinity/],
    ['a number as an object', Object(NaN) as number, /NaN/],
    ['an invalid date', new Date(NaN), /invalid date/],
  ])('refuses %s, and names the field', (_, value, why) => {
    const error = failureOf({ metadata: { name: 'a' }, spec: { items: [{ limit: value }] } });
    expect(error.field).toBe('spec.items[0].limit');
    expect(error.message).toMatch(why);
  });

  it('names the field of a JSON patch by its operation', () => {
    expect(failureOf([{ op: 'add', path: '/spec/limit', value: Infinity }]).field).toBe('[0].value');
  });

  it.each([
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [-Number.MAX_SAFE_INTEGER, '-9007199254740991'],
    [9007199254740993n, '9007199254740993'],
    [1e21, '1e+21'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [5e-324, '5e-324'],
    [0.1, '0.1'],
    // An API server has no negative zero either.
    [-0, '0'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [null, 'null'],
  ])('writes %s as %s', (value, text) => {
    expect(jsonBody('v1/pods', { value })).toBe(`{"value":${text}}`);
  });

  it('refuses a cycle, a failing toJSON and what nests too deep by a BadRequest without a cause', () => {
    const cycle: Record<string, unknown> = {};
    cycle['itself'] = cycle;
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    const failing = {
      toJSON: () => {
        throw new Error('the password is swordfish');
      },
    };
    for (const value of [cycle, deep, { failing }]) {
      let error: unknown;
      try {
        jsonBody('v1/pods', value);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ reason: 'BadRequest', resource: 'v1/pods' });
      expect(error).not.toHaveProperty('cause');
      expect(String(error)).not.toContain('swordfish');
    }
  });
});
