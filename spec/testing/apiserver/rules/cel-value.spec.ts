import { expect, it } from 'vitest';
import { celValue, escapedName, largestPart, ruleRoot } from '#src/testing/apiserver/rules/cel-value.ts';

const text = { type: 'string' };

it('has integers, times, bytes and durations, by the schema', () => {
  const schema = {
    type: 'object',
    properties: {
      i: { type: 'integer' },
      n: { type: 'number' },
      t: { ...text, format: 'date-time' },
      b: { ...text, format: 'byte' },
      d: { ...text, format: 'duration' },
      l: { type: 'array', items: { type: 'integer' } },
    },
  };
  const value = { i: 1, n: 2, t: '2026-01-01T00:00:00Z', b: 'aGk=', d: '1h', l: [3], other: 4, none: null };
  expect(celValue(value, schema, (duration) => `of ${duration}`)).toEqual({
    i: 1n,
    n: 2,
    t: new Date('2026-01-01T00:00:00Z'),
    b: new Uint8Array([104, 105]),
    d: 'of 1h',
    l: [3n],
    other: 4n,
    none: null,
  });
});

it('escapes the names of fields, and leaves the keys of maps', () => {
  expect(['a-b', 'a.b', 'a/b', 'a__b', 'namespace', 'in', 'plain'].map(escapedName)).toEqual([
    'a__dash__b',
    'a__dot__b',
    'a__slash__b',
    'a__underscores__b',
    '__namespace__',
    '__in__',
    'plain',
  ]);
  const given = JSON.parse('{"x-y":"1","m":{"x-y":"2","__proto__":"3"}}') as unknown;
  const schema = { properties: { 'x-y': text, m: { additionalProperties: text } } };
  const seen = celValue(given, schema, String);
  expect(JSON.stringify(seen)).toBe('{"x__dash__y":"1","m":{"x-y":"2","__proto__":"3"}}');
});

it('has of the metadata of a whole object only its name', () => {
  const metadata = { name: 'a', generateName: 'b', labels: { x: 'y' } };
  expect(ruleRoot({ kind: 'K', metadata, spec: {} })).toEqual({
    kind: 'K',
    metadata: { name: 'a', generateName: 'b' },
    spec: {},
  });
});

it('knows how large its largest part is', () => {
  const value = { a: [1, 2, 3], b: { c: 'a text' } };
  expect([largestPart(5, true), largestPart(value, false), largestPart(value, true)]).toEqual([0, 3, 6]);
});
