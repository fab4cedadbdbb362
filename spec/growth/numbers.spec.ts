import { describe, it } from 'vitest';
import { jsonText } from '#src/protocol/numbers/json-text.ts';
import { parseExact } from '#src/protocol/numbers/parse-exact.ts';
import { asGoReads } from '#src/testing/apiserver/objects/go-numbers.ts';
import { checkGrowth } from './growth.ts';

const list = (size: number, each: (index: number) => string): string =>
  `[${Array.from({ length: size }, (_, index) => each(index)).join()}]`;

const texts: readonly (readonly [string, number, (size: number) => string])[] = [
  ['integers of 15 digits', 5000, (size) => list(size, () => '123456789012345')],
  ['integers of 19 digits', 2000, (size) => list(size, () => '1234567890123456789')],
  ['one integer of many digits', 1000, (size) => `[${'9'.repeat(size)},1234567890123456789]`],
  ['delimiters and digits in a text', 5000, (size) => `["${':12345'.repeat(size)}",1234567890123456789]`],
  ['what looks like a mark', 2000, (size) => `[${list(size, (index) => `"\\u0001${index}:5"`)},1234567890123456789]`],
  ['halves of marks', 5000, (size) => `["${'\\u0001'.repeat(size)}${'1'.repeat(size)}",1234567890123456789]`],
  ['levels', 100, (size) => list(size, () => `${'{"a":'.repeat(100)}1234567890123456789${'}'.repeat(100)}`)],
];

describe.each(texts)('numbers, in %s, take time in proportion', (_, size, text) => {
  it('to be read', () => {
    checkGrowth((count) => {
      const given = text(count);
      return () => parseExact(given);
    }, size);
  });

  it('to be written', () => {
    checkGrowth((count) => {
      const value = parseExact(text(count));
      return () => jsonText(value);
    }, size);
  });

  it('to be looked at', () => {
    checkGrowth((count) => {
      const value = parseExact(text(count));
      return () => asGoReads(value);
    }, size);
  });
});
