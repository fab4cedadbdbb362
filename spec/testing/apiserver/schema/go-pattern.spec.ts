import { describe, expect, it } from 'vitest';
import { goPattern } from '#src/testing/apiserver/schema/go-pattern.ts';

describe('goPattern', () => {
  it.each([
    ['^[a-z]+$', 'abc', true],
    ['^[a-z]+$', 'Abc', false],
    ['(?i)^[a-z]+$', 'Abc', true],
    ['(?s)^a.b$', 'a\nb', true],
    ['^[[:alpha:]_]+$', 'aB_', true],
    ['^[[:digit:]]+$', '12a', false],
    ['\\Aab\\z', 'ab', true],
    ['\\Aab\\z', 'xab', false],
    ['^[\\w\\-\\.]+$', 'a-.b', true],
    ['^\\p{Lu}', 'Ä', true],
    ['^.{1}$', '\u{1f600}', true],
  ])('reads %j as Go does: of %j it is %s', (pattern, text, matches) => {
    expect(goPattern(pattern).test(text)).toBe(matches);
  });

  it('refuses what is no pattern', () => {
    expect(() => goPattern('(')).toThrow(SyntaxError);
  });
});
