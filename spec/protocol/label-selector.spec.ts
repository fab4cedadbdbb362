import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from '#src/protocol/label-selector.ts';
import { SelectorError } from '#src/protocol/selector-error.ts';

const selects = (selector: string, labels?: Record<string, string>) => parseLabelSelector(selector).matches(labels);

describe('parseLabelSelector', () => {
  it.each([
    ['', undefined, true],
    ['  ', {}, true],
    ['a=b', { a: 'b' }, true],
    ['a=b', { a: 'c' }, false],
    ['a=b', undefined, false],
    ['a==b', { a: 'b' }, true],
    ['a = b', { a: 'b' }, true],
    ['a=', { a: '' }, true],
    ['a=', {}, false],
    ['a!=b', { a: 'c' }, true],
    ['a!=b', { a: 'b' }, false],
    ['a!=b', {}, true],
    ['a in (b,c)', { a: 'c' }, true],
    ['a in (b, c)', { a: 'd' }, false],
    ['a in (b,c)', {}, false],
    ['a in ()', { a: '' }, true],
    ['a in (,b)', { a: '' }, true],
    ['a notin (b,c)', { a: 'b' }, false],
    ['a notin (b,c)', { a: 'd' }, true],
    ['a notin (b,c)', {}, true],
    ['a', { a: 'x' }, true],
    ['a', {}, false],
    ['!a', { a: 'x' }, false],
    ['!a', {}, true],
    ['! a', {}, true],
    ['a>1', { a: '2' }, true],
    ['a>1', { a: '1' }, false],
    ['a<10', { a: '9' }, true],
    ['a<10', { a: 'x' }, false],
    ['a<10', {}, false],
    ['in in (in,notin)', { in: 'notin' }, true],
    ['example.io/a=b,!c,d', { 'example.io/a': 'b', d: '' }, true],
    ['example.io/a=b,!c,d', { 'example.io/a': 'b', c: '', d: '' }, false],
    ['constructor', {}, false],
  ])('%j on %j: %s', (selector, labels, selected) => {
    expect(selects(selector, labels)).toBe(selected);
  });

  it.each([
    ['!=x', "found '!=', expected: !, identifier, or 'end of string'"],
    ['=x', "found '=', expected: !, identifier, or 'end of string'"],
    ['! =x', "unable to parse requirement: found '=', expected: identifier"],
    ['a=b,', "found '', expected: identifier after ','"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a==(', "unable to parse requirement: found '(', expected: identifier"],
    ['!a in (b)', "found 'in', expected: ',' or 'end of string'"],
    [
      'a>x',
      "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
  ])('refuses %j as the server does', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(new SelectorError(selector, message));
  });

  it.each([
    ['-a=b', 'unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of alphanumeric'],
    ['/a', 'unable to parse requirement: <nil>: Invalid value: "/a": prefix part must be non-empty'],
    ['a/b/c', 'unable to parse requirement: <nil>: Invalid value: "a/b/c": a valid label key must consist of'],
    ['UPPER.io/a', 'prefix part a lowercase RFC 1123 subdomain must consist of'],
    ['a'.repeat(64), 'name part must be no more than 63 bytes'],
    [
      'a=-b',
      'unable to parse requirement: values[0][a]: Invalid value: "-b": a valid label must be an empty string or',
    ],
    [`a in (b,${'c'.repeat(64)})`, 'must be no more than 63 bytes'],
    ["a='b'", 'a valid label must be'],
  ])('refuses the labels of %j', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(message);
  });

  it('prints a normal form, by key, values sorted', () => {
    expect(String(parseLabelSelector(' z , !y,x in (c,a,a) , w!=1'))).toBe('w!=1,x in (a,c),!y,z');
  });

  it('reads what it prints', () => {
    const word = fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?$/);
    const requirement = fc.oneof(
      fc.tuple(word, fc.constantFrom('=', '==', '!='), word).map((parts) => parts.join('')),
      fc
        .tuple(word, fc.constantFrom('in', 'notin'), fc.array(word, { minLength: 1 }))
        .map(([key, operator, values]) => `${key} ${operator} (${values.join(', ')})`),
      word,
      word.map((key) => `!${key}`),
    );
    fc.assert(
      fc.property(fc.array(requirement), fc.dictionary(word, word), (requirements, labels) => {
        const selector = parseLabelSelector(requirements.join(','));
        const again = parseLabelSelector(selector.toString());
        expect(again).toEqual(selector);
        expect(again.matches(labels)).toBe(requirements.every((text) => parseLabelSelector(text).matches(labels)));
      }),
    );
  });
});
