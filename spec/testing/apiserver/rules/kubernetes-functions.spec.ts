import { Environment } from '@marcbachmann/cel-js';
import { expect, it } from 'vitest';
import { registerKubernetesFunctions } from '#src/testing/apiserver/rules/kubernetes-functions.ts';

const environment = registerKubernetesFunctions(new Environment({ homogeneousAggregateLiterals: false }));

it.each([
  ['[1, 2, 2].isSorted() && !["b", "a"].isSorted() && [].isSorted()', true],
  ['[1, 2].sum()', 3n],
  ['[1.5, 2.0].sum()', 3.5],
  ['[3, 1, 2].min() + [3, 1, 2].max()', 4n],
  ['["a", "b", "a"].indexOf("b")', 1n],
  ['["a", "b", "a"].lastIndexOf("a")', 2n],
  ['["a"].indexOf("z")', -1n],
  ['"a-b-c".replace("-", "+")', 'a+b+c'],
  ['"a-b-c".replace("-", "+", 1)', 'a+b-c'],
  ['"abc".charAt(1)', 'b'],
  ['"a1b22".find("[0-9]+")', '1'],
  ['"a1b22".findAll("[0-9]+") == ["1", "22"]', true],
  ['"a1b22".findAll("[0-9]+", 1).size()', 1n],
  ['"ab".goMatches("(?i)^AB$")', true],
  ['isURL("https://a.b/c") && !isURL("a b")', true],
  ['isIP("::1") && !isIP("1.2.3") && isCIDR("10.0.0.0/8") && !isCIDR("10.0.0.0/33")', true],
])('evaluates %s', (expression, expected) => {
  expect(environment.evaluate(expression)).toEqual(expected);
});

it('has no least of nothing', () => {
  expect(() => environment.evaluate('[].min()') as unknown).toThrow('empty list');
});
