import { describe, expect, it } from 'vitest';
import { packed, valueReaders } from '#src/testing/apiserver/protobuf/protobuf-values.ts';
import { integer, message, part, parts } from './written.ts';

const read = (letter: string, bytes: Uint8Array): unknown => valueReaders.get(letter)!.read(bytes);
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('valueReaders', () => {
  it.each([
    ['a text', 's', utf8('ü'), 'ü'],
    ['bytes', 'y', utf8('v'), 'dg=='],
    ['a float', 'd', message((writer) => writer.double(-0.5)), -0.5],
    ['a quantity', 'q', part(1, '500m'), '500m'],
    ['an integer that may be a text', 'o', parts(integer(1, 0), integer(2, 8080)), 8080],
    ['a text that may be an integer', 'o', parts(integer(1, 1), part(3, '25%')), '25%'],
    ['a negative integer', 'o', integer(2, -1), -1],
    ['a time', 't', integer(1, 1_893_553_445), '2030-01-02T03:04:05Z'],
    ['a time that is not set', 't', utf8(''), null],
    ['a time of microseconds', 'm', parts(integer(1, 1), integer(2, 1_999)), '1970-01-01T00:00:01.000001Z'],
    ['a time before 1970', 't', integer(1, -1), '1969-12-31T23:59:59Z'],
    ['a set of fields', 'f', part(1, '{"f:a":{}}'), { 'f:a': {} }],
    ['an object of any kind', 'r', part(1, '{"n":9007199254740993}'), { n: 9007199254740993n }],
    ['no object of any kind', 'r', utf8(''), null],
  ])('reads %s', (_what, letter, bytes, value) => {
    expect(read(letter, bytes)).toEqual(value);
  });

  it.each([
    ['i', -1, -1],
    ['l', -1, -1],
    ['l', 2 ** 31, 2 ** 31],
    ['b', 1, true],
  ])('reads as %s the integer %d', (letter, given, value) => {
    const [integers] = packed(message((writer) => writer.int64(given)));
    expect(valueReaders.get(letter)!.read(integers!)).toBe(value);
  });

  it('keeps an int64 that a number would round', () => {
    expect(valueReaders.get('l')!.read(2n ** 62n + 1n)).toBe(2n ** 62n + 1n);
  });

  it.each([
    ['d', message((writer) => writer.double(Infinity)), 'a number is not finite'],
    ['t', integer(1, 2 ** 40), 'a time is out of range'],
    ['r', part(1, '{hunter2'), 'a part that has to be JSON is not'],
    ['q', integer(1, 2), 'wrong wireType = 0 for field 1'],
  ])('refuses as %s what is none', (letter, bytes, text) => {
    expect(() => read(letter, bytes)).toThrow(new RegExp(`^${text}$`, 'u'));
  });
});
