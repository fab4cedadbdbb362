import { expect, it } from 'vitest';
import { compiledRules } from '#src/testing/apiserver/rules/compiled-rules.ts';

const rulesOf = (...rules: readonly string[]) =>
  compiledRules({ type: 'object', 'x-kubernetes-validations': rules.map((rule) => ({ rule })) });

it('says what a rule uses, and how deep its loops are', () => {
  const rules = rulesOf(
    'self.a == oldSelf.a',
    'self.l.all(x, self.l.exists(y, x == y)) && self.l.all(x, x > 0)',
    'true',
  );
  expect(rules.map(({ usesOldSelf, loops }) => [usesOldSelf, loops])).toEqual([
    [true, 0],
    [false, 2],
    [false, 0],
  ]);
});

it('evaluates patterns by the rules of Go, wherever they stand', () => {
  const [rule] = rulesOf('self.a.matches("(?i)^X$") && [self.b].all(b, b . matches("^\\\\pL+$"))');
  expect(rule?.evaluate?.({ self: { a: 'x', b: 'matches' }, oldSelf: undefined })).toBe(true);
  expect(rule?.evaluate?.({ self: { a: 'x', b: '1' }, oldSelf: undefined })).toBe(false);
});

it('says what is not CEL, and what may be right and is not evaluated', () => {
  expect(rulesOf('self. ==', 'self.a + "x" + "y"', '"a" + "b"', 'quantity("1")')).toMatchObject([
    { syntaxError: 'compilation failed: Expected IDENTIFIER, got EQ' },
    {},
    { syntaxError: 'cel expression must evaluate to a bool' },
    { notEvaluated: "found no matching overload for 'quantity(string)'" },
  ]);
});

it('compiles the rules of a schema once', () => {
  const schema = { 'x-kubernetes-validations': [{ rule: 'true' }] };
  expect(compiledRules(schema)).toBe(compiledRules(schema));
  expect(compiledRules({})).toEqual([]);
});
