import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactText } from 'kuberx/http';
import { jsonText } from '#src/protocol/numbers/json-text.ts';
import { parseExact } from '#src/protocol/numbers/parse-exact.ts';

const exact = 9007199254740993n;

describe.each([
  ['jsonText', (value: unknown) => jsonText(value)],
  ['exactText', exactText],
])('%s', (_, write) => {
  it('writes BigInts as integers', () => {
    expect(write({ a: exact, b: [-exact, 0n, { c: 2n ** 63n }] })).toBe(
      '{"a":9007199254740993,"b":[-9007199254740993,0,{"c":9223372036854775808}]}',
    );
    expect(write(exact)).toBe('9007199254740993');
  });

  it('leaves strings that look like its marks as they are', () => {
    const marks = ['\u00010:', '\u00011:', '\u00013:', '\\u00012:', '"\u00010:5"', '\u0001', '\\'];
    const texts = marks.flatMap((mark) => [mark, `${mark}5`, `${mark}${exact}`]);
    const value = { a: 5n, texts, '\u00010:6': '\u00014:7', b: exact };
    expect(parseExact(write(value))).toEqual({ ...value, a: 5 });
  });

  it('writes what JSON.stringify writes of everything else', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withNullPrototype: true, withSparseArray: true }), (value) => {
        expect(write(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('reads back as it was, BigInts of any size included', () => {
    const integers = fc.bigInt().filter((each) => !Number.isSafeInteger(Number(each)));
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        integers,
        fc.integer(),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('\u0001', '"', '\\', '0', '1', ':') }),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(values, (value) => {
        expect(parseExact(write(value))).toEqual(value);
      }),
    );
  });

  it('throws for a cycle', () => {
    const cycle: Record<string, unknown> = { limit: exact };
    cycle['itself'] = cycle;
    expect(() => write(cycle)).toThrow(TypeError);
  });
});

describe('jsonText', () => {
  function fieldsOf(value: unknown): string[] {
    const fields: string[] = [];
    jsonText(value, (_given, written, field) => {
      if (typeof written === 'number') fields.push(field());
    });
    return fields;
  }

  it('tells the path of each value', () => {
    const items = [{ limit: 1 }, 2, [], [[3]]];
    expect(fieldsOf({ spec: { items, 'a.b/c': { 'x-y': 4 } }, last: 5 })).toEqual([
      'spec.items[0].limit',
      'spec.items[1]',
      'spec.items[3][0][0]',
      'spec["a.b/c"].x-y',
      'last',
    ]);
    expect(fieldsOf([{ op: 'add', value: 1 }])).toEqual(['[0].value']);
    expect(fieldsOf(1)).toEqual(['']);
  });

  it('tells the path of a value that is at two places', () => {
    const shared = { limit: 1 };
    expect(fieldsOf({ a: shared, b: shared, c: [shared, shared] })).toEqual([
      'a.limit',
      'b.limit',
      'c[0].limit',
      'c[1].limit',
    ]);
  });

  it('tells what a toJSON gave', () => {
    expect(fieldsOf({ a: { toJSON: () => ({ b: 1 }) }, c: 1 })).toEqual(['a.b', 'c']);
  });

  it('writes a BigInt as an integer, whatever a program made its toJSON', () => {
    const prototype = BigInt.prototype as { toJSON?: () => string };
    prototype.toJSON = () => 'text';
    try {
      expect(jsonText({ a: exact })).toBe('{"a":9007199254740993}');
    } finally {
      delete prototype.toJSON;
    }
  });
});
