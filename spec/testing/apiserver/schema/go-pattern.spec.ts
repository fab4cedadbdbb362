import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { goPattern, re2Package } from '#src/testing/apiserver/schema/go-pattern.ts';

describe('goPattern', () => {
  it.each([
    ['^[a-z]+$', 'abc', true],
    ['^[a-z]+$', 'Abc', false],
    ['(?i)^[a-z]+$', 'Abc', true],
    ['^(?i:abc)$', 'aBC', true],
    ['(?s)^a.b$', 'a\nb', true],
    ['^[[:alpha:]_]+$', 'aB_', true],
    ['^[[:digit:]]+$', '12a', false],
    ['[[:^digit:]]', '12', false],
    ['\\Aab\\z', 'ab', true],
    ['\\Aab\\z', 'xab', false],
    ['^[\\w\\-\\.]+$', 'a-.b', true],
    ['^\\p{Lu}', 'Ä', true],
    ['^\\pL+$', 'abc', true],
    ['^\\Qa.b\\E$', 'a.b', true],
    ['^\\Qa.b\\E$', 'axb', false],
    ['^(?P<n>a)b$', 'ab', true],
    ['^.{1}$', '\u{1f600}', true],
    ['b', 'abc', true],
  ])('reads %j as Go does: of %j it is %s', (pattern, text, matches) => {
    expect(goPattern(pattern).test(text)).toBe(matches);
  });

  it.each([
    ['(', 'missing closing ): `(`'],
    ['(?<=a)b', 'invalid named capture: `(?<=a)b`'],
    ['a(?!b)', 'invalid or unsupported Perl syntax: `(?!`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
  ])('refuses %j in the words of Go', (pattern, why) => {
    const compile = () => goPattern(pattern);
    expect(compile).toThrow(SyntaxError);
    expect(compile).toThrow(`error parsing regexp: ${why}`);
  });

  it('looks at each character of a text a bounded number of times, whatever the pattern', () => {
    const began = performance.now();
    expect(goPattern('^(a+)+$').test(`${'a'.repeat(27)}!`)).toBe(false);
    expect(goPattern('(x+x+)+y').test('x'.repeat(20_000))).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('re2Package', () => {
  it('says what to install where it is not there', () => {
    const missing = (code: string) => () => {
      throw Object.assign(new Error("Cannot find module 're2js'"), { code });
    };
    const load = () => re2Package(missing('MODULE_NOT_FOUND'));
    expect(load).toThrow(KubeError);
    expect(load).toThrow('need the package re2js, which is not installed: npm install re2js');
    expect(() => re2Package(missing('EACCES'))).toThrow('does not load');
  });
});
