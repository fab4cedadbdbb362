import { describe, expect, it } from 'vitest';
import { parseWarnings } from '#src/transport/request/parse-warnings.ts';

const texts = (header: string): string[] => parseWarnings(header).map(({ text }) => text);
/** As Node and `fetch` give a header: its bytes as characters. */
const received = (header: string): string => Buffer.from(header, 'utf8').toString('latin1');

// The cases of apimachinery's TestParseWarningHeader, as far as they are not part of RFC 2047.
describe('parseWarnings', () => {
  it('reads code, agent and text', () => {
    expect(parseWarnings('299 - "unknown field \\"spec.replics\\""')).toEqual([
      { code: 299, agent: '-', text: 'unknown field "spec.replics"' },
    ]);
    expect(parseWarnings('112 proxy:80 "cache down" "Wed, 21 Oct 2015 07:28:00 GMT"')).toEqual([
      { code: 112, agent: 'proxy:80', text: 'cache down' },
    ]);
  });

  it.each<[string, string[]]>([
    ['299 - "a", 299 - "b"', ['a', 'b']],
    ['299 - "a, 299 - \\"b\\"",299 - "c"', ['a, 299 - "b"', 'c']],
    ['299 - "a" "date", 299 - "b"', ['a', 'b']],
    ['  299 - "a"  ', ['a']],
    ['299 - "a\\\\b"', ['a\\b']],
    ['299 - ""', ['']],
    [received('299 - "für alle — 世界"'), ['für alle — 世界']],
    ['299 - "f\u00fcr"', ['f\u00fcr']],
  ])('reads %j', (header, expected) => {
    expect(texts(header)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['', []],
    ['299', []],
    ['299 -', []],
    ['299 - a', []],
    ['299 - "a', []],
    ['29 - "a"', []],
    ['299  "a"', []],
    ['299 - "a" b', []],
    ['299 - "a" "date', []],
    ['299 - "a", rubbish, 299 - "b"', ['a']],
    ['299 - "a\u0007b", 299 - "c"', ['c']],
  ])('leaves out of %j what is not a warning', (header, expected) => {
    expect(texts(header)).toEqual(expected);
  });

  it('takes time in proportion to a header, and reads none that is longer than a server sends', () => {
    expect(texts(`299 - "${'\\"'.repeat(30_000)}`)).toEqual([]);
    expect(texts(`299 - "${'a'.repeat(70_000)}"`)).toEqual([]);
  });
});
