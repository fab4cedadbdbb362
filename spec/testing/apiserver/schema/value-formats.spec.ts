import { describe, expect, it } from 'vitest';
import { textFormats } from '#src/testing/apiserver/schema/value-formats.ts';

/** Texts that are of a format, and texts that are not. */
const examples: Readonly<Record<string, readonly [yes: readonly string[], no: readonly string[]]>> = {
  bsonobjectid: [['507f1f77bcf86cd799439011'], ['507f1f77']],
  uri: [
    ['http://a.b/c', 'urn:x:y', '/path'],
    ['::', 'a b'],
  ],
  email: [
    ['a@b.c', 'A <a@b.c>'],
    ['a', '@b', 'a@'],
  ],
  hostname: [
    ['a.example', '1a'],
    ['-a', 'a..b', 'a'.repeat(256)],
  ],
  ipv4: [['1.2.3.4'], ['1.2.3', '999.1.1.1', '::1']],
  ipv6: [['::1'], ['1.2.3.4', ':::']],
  cidr: [
    ['10.0.0.0/8', '::/64'],
    ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/08'],
  ],
  mac: [['01:23:45:67:89:ab', '0123.4567.89ab'], ['01:23']],
  uuid: [['550e8400-e29b-41d4-a716-446655440000'], ['z']],
  uuid3: [['550e8400-e29b-31d4-a716-446655440000'], ['550e8400-e29b-41d4-a716-446655440000']],
  uuid4: [['550e8400-e29b-41d4-a716-446655440000'], ['550e8400-e29b-41d4-c716-446655440000']],
  uuid5: [['550e8400-e29b-51d4-a716-446655440000'], ['550e8400-e29b-41d4-a716-446655440000']],
  isbn: [
    ['0321751043', '978-0321751041'],
    ['0321751044', '1'],
  ],
  isbn10: [['0321751043', '080442957X'], ['978-0321751041']],
  isbn13: [['978-0321751041'], ['978-0321751042']],
  creditcard: [['4111 1111 1111 1111'], ['1']],
  ssn: [['111-22-3333'], ['11-2-33']],
  hexcolor: [['#fff', 'A0b1C2'], ['#ff']],
  rgbcolor: [['rgb(1, 2,3)'], ['rgb(1)']],
  byte: [
    ['aGk=', ''],
    ['%%', 'aGk'],
  ],
  password: [['anything'], []],
  date: [['2024-02-29'], ['2023-02-29', '2023-2-1', '2024-02-29T']],
  duration: [
    ['1h30m', '-1.5s', '0', '3 days', '22 ns', '1 fortnight, 2 weeks!', '+1m!', '5 Microns'],
    ['xx', '1', '1 fortnight', '99999999999999999999 s', `${'9'.repeat(30_000)}!`, `1${' '.repeat(30_000)}!`],
  ],
  datetime: [
    ['2014-12-15T19:30:20.000Z', '2014-12-15T19:30:20+01:00'],
    ['x', '2014-12-15', '2014-13-15T19:30:20Z'],
  ],
  k8sshortname: [['a-1'], ['A', '-a', 'a'.repeat(64)]],
  k8slongname: [['a.b-1'], ['a..b', 'A']],
};

describe('textFormats', () => {
  it('has an example of each', () => {
    expect(Object.keys(examples).sort()).toEqual(Object.keys(textFormats).sort());
  });

  it.each(Object.entries(examples))('tells what is of the format %s', (name, [yes, no]) => {
    const check = textFormats[name]!;
    expect(yes.filter((text) => !check(text))).toEqual([]);
    expect(no.filter((text) => check(text))).toEqual([]);
  });

  it('tells of a long text in time', () => {
    for (const text of ['1h'.repeat(20_000), '1 d '.repeat(20_000), 'a-'.repeat(20_000), `${'a'.repeat(50_000)}@`]) {
      for (const check of Object.values(textFormats)) expect(typeof check(`${text}!`)).toBe('boolean');
    }
  });
});
