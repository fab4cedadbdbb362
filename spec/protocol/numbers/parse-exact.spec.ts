import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExactIntegers, mayHaveLongIntegers, parseExact } from '#src/protocol/numbers/parse-exact.ts';

describe('parseExact', () => {
  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['18446744073709551615', 18446744073709551615n],
    ['9007199254740993.0', 9007199254740992],
    ['9007199254740993e0', 9007199254740992],
    ['1e300', 1e300],
    ['9'.repeat(309), BigInt('9'.repeat(309))],
    ['9'.repeat(310), Infinity],
    ['9'.repeat(1_000_000), Infinity],
    ['0000', undefined],
    ['-0', -0],
  ])('reads %.30s', (text, value) => {
    const read = () => parseExact(`{"a":[1,${text}]}`);
    if (value === undefined) expect(read).toThrow(SyntaxError);
    else expect(read()).toEqual({ a: [1, value] });
  });

  it.each(['{"a":%}', '{"a": %}', '[%]', '[1,%]', '[1, %]', '[\n%\n]', '%', '  %', '-%'])('finds one in %j', (form) => {
    const text = form.replace('%', '9007199254740993');
    expect(
      JSON.stringify(parseExact(text), (_, value: unknown) => (typeof value === 'bigint' ? 'B' : value)),
    ).toContain('B');
  });

  it('has the value of JSON.parse where no integer is long', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseExact(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps an own __proto__ as data', () => {
    const value = parseExact('{"__proto__":9007199254740993}') as object;
    expect(Object.entries(value)).toEqual([['__proto__', 9007199254740993n]]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

it('mayHaveLongIntegers is false for digits within other text', () => {
  const digest = '0123456789'.repeat(6);
  expect(mayHaveLongIntegers(`{"image":"a@sha256:f${digest}","version":"${digest}","n":123456789012345}`)).toBe(false);
});

describe('checkExactIntegers', () => {
  it.each([undefined, true, false])('takes %s', (value) => {
    expect(() => checkExactIntegers(value)).not.toThrow();
  });

  it.each(['yes', 1, null])('refuses %j', (value) => {
    expect(() => checkExactIntegers(value)).toThrow(TypeError);
  });
});
