import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonEnd } from '#src/transport/decode/json-end.ts';

const encoder = new TextEncoder();

/** Where the first object of a text ends, if its bytes come in two parts. */
function endOf(text: string, cut = 0): number {
  const bytes = encoder.encode(text);
  const end = new JsonEnd();
  const found = end.find(bytes.subarray(0, cut), 0);
  return found === -1 ? end.find(bytes, cut) : found;
}

describe('JsonEnd', () => {
  it('finds the end of any object, wherever its bytes are cut, and nothing before it', () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
    fc.assert(
      fc.property(object, fc.constantFrom(0, 2, '\t'), fc.nat(), (value, indent, at) => {
        const text = JSON.stringify(value, undefined, indent);
        const { length } = encoder.encode(text);
        expect(endOf(`${text} {"next":`, at % (length + 1))).toBe(length);
        expect(endOf(text.slice(0, -1))).toBe(-1);
      }),
    );
  });

  it.each([
    ['a text that is not an object', ' "text"', 2],
    ['a line feed in a text', '{"a":"b\n', 8],
    ['an object behind a value', '{"a":1\n{', 8],
    ['an object in place of a name', '{"a":1,{', 8],
    ['an object that begins twice', '{{', 2],
  ])('takes %s for an end, as no JSON goes on so', (_, text, end) => {
    expect(endOf(`${text}"a":1`)).toBe(end);
  });

  it('begins anew after an end', () => {
    const bytes = encoder.encode('{"a":[{}]} {"b":1}');
    const end = new JsonEnd();
    expect(end.find(bytes, 0)).toBe(10);
    expect(end.find(bytes, 10)).toBe(18);
  });
});
