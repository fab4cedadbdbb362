import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from '#src/protocol/selectors/label-selector.ts';
import { SelectorError } from '#src/protocol/selectors/selector-error.ts';

const selects = (selector: string, labels?: Record<string, string> | null) =>
  parseLabelSelector(selector).matches(labels);

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
    ['a>1', { a: '9223372036854775807' }, true],
    ['a>1', { a: '9223372036854775808' }, false],
    ['a>1', { a: '+2' }, true],
    ['a=b', null, false],
    ['!a', null, true],
    ['a in (b,,)', { a: '' }, true],
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
    ['a in =', "unable to parse requirement: found '=' expected: '('"],
    ['a in (=)', "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['a in (b,=)', "unable to parse requirement: found '=', expected: ',', or identifier"],
    ['a==(', "unable to parse requirement: found '(', expected: identifier"],
    ['!a in (b)', "found 'in', expected: ',' or 'end of string'"],
    [
      'a>x',
      "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    [
      'a<9223372036854775808',
      "unable to parse requirement: values[0]: Invalid value: \"9223372036854775808\": for 'Gt', 'Lt' operators, the value must be an integer",
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
    ['a in (-b,c-)', /^unable to parse requirement: \[values\[0\]\[a\]: .*"-b".*, values\[1\]\[a\]: .*"c-".*\]$/],
  ])('refuses the labels of %j', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(message);
  });

  it.each([undefined, null, 5, {}])('refuses what is not a string: %j', (given) => {
    expect(() => parseLabelSelector(given as string)).toThrow(SelectorError);
    expect(() => parseLabelSelector(given as string)).toThrow('a label selector is a text');
  });

  it('prints a normal form, by key, values sorted', () => {
    expect(String(parseLabelSelector(' z , !y,x in (c,a,a) , w!=1'))).toBe('w!=1,x in (a,c),!y,z');
  });

  it('has no blanks but four, as the server', () => {
    expect(selects('\ta\r=\nb ', { a: 'b' })).toBe(true);
    for (const space of ['\u00a0', '\u2028', '\ufeff', '\v', '\f']) {
      expect(() => parseLabelSelector(`a${space}=b`)).toThrow('name part must consist of');
      expect(() => parseLabelSelector(`a=${space}b`)).toThrow('a valid label must be');
    }
  });

  it.each([
    ['a in (b,c),a notin (b,c)', false],
    ['a=b,a==c', false],
    ['a,!a', false],
    ['!a,a>1', false],
    ['!a,a in ()', false],
    ['a=b,a<1', false],
    ['a in (b,c),a!=b', true],
    ['!a,a!=b', true],
    ['!a,b', true],
    ['a=7,a<8,a', true],
    ['', true],
  ])('knows whether anything can be selected: %s, %s', (selector, selectable) => {
    expect(parseLabelSelector(selector).selectable).toBe(selectable);
  });

  it('agrees with a naive evaluator, before and after printing', () => {
    const word = fc.constantFrom('a', 'b', 'in', 'notin', '1', '2', '10', '007', '9223372036854775807', 'constructor');
    const integer = fc.constantFrom('1', '2', '10', '007', '9223372036854775807');
    const label = fc.oneof(word, fc.constantFrom('', '9223372036854775808', '1e3', '0x10'));
    const values = fc.array(fc.oneof(word, fc.constant('')), { minLength: 1, maxLength: 4 });
    const blank = fc.constantFrom('', ' ', '\t\r\n');
    const space = fc.constantFrom(' ', '  \n');
    const oneOf = (list: readonly string[], value: string): boolean => list.includes(value);
    // A requirement is its text and what it means, in the plainest way.
    const requirement = fc.oneof(
      fc.tuple(word, blank, fc.constantFrom('=', '=='), blank, fc.oneof(word, fc.constant(''))).map((parts) => ({
        text: parts.join(''),
        means: (labels: ReadonlyMap<string, string>) => labels.get(parts[0]) === parts[4],
      })),
      fc.tuple(word, blank, fc.constant('!='), blank, word).map((parts) => ({
        text: parts.join(''),
        means: (labels: ReadonlyMap<string, string>) => labels.get(parts[0]) !== parts[4],
      })),
      fc.tuple(word, space, blank, values, blank).map(([key, before, open, list, inner]) => ({
        text: `${key}${before}in${open}(${list.join(`${inner},`)})`,
        means: (labels: ReadonlyMap<string, string>) => labels.has(key) && oneOf(list, labels.get(key)!),
      })),
      fc.tuple(word, space, blank, values, blank).map(([key, before, open, list, inner]) => ({
        text: `${key}${before}notin${open}(${list.join(`,${inner}`)})`,
        means: (labels: ReadonlyMap<string, string>) => !labels.has(key) || !oneOf(list, labels.get(key)!),
      })),
      word.map((key) => ({ text: key, means: (labels: ReadonlyMap<string, string>) => labels.has(key) })),
      fc.tuple(blank, word).map(([before, key]) => ({
        text: `!${before}${key}`,
        means: (labels: ReadonlyMap<string, string>) => !labels.has(key),
      })),
      fc.tuple(word, fc.constantFrom('>', '<'), integer).map(([key, operator, bound]) => ({
        text: `${key}${operator}${bound}`,
        means: (labels: ReadonlyMap<string, string>) => {
          const value = labels.get(key) ?? '';
          // The one label here that is beyond 64 bits.
          if (!/^[0-9]+$/.test(value) || value === '9223372036854775808') return false;
          const [padded, limit] = [value.padStart(30, '0'), bound.padStart(30, '0')];
          return operator === '>' ? padded > limit : padded < limit;
        },
      })),
    );
    const labelSet = fc.array(fc.tuple(word, label), { maxLength: 5 }).map((entries) => new Map(entries));
    let selected = 0;
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 4 }), blank, labelSet, (requirements, join, labels) => {
        const text = requirements.map((each) => each.text).join(`${join},${join}`);
        const expected = requirements.every(({ means }) => means(labels));
        const selector = parseLabelSelector(text);
        const again = parseLabelSelector(selector.toString());
        const given = Object.fromEntries(labels);
        expect(selector.matches(given)).toBe(expected);
        expect(again.matches(given)).toBe(expected);
        expect(again).toEqual(selector);
        expect(again.toString()).toBe(selector.toString());
        expect(selector.empty).toBe(requirements.length === 0);
        if (!selector.selectable) expect(expected).toBe(false);
        if (expected && requirements.length > 0) selected++;
      }),
      { numRuns: 3_000 },
    );
    expect(selected).toBeGreaterThan(200);
  });
});
