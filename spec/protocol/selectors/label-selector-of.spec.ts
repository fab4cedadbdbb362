import { describe, expect, it } from 'vitest';
import { parseLabelSelector } from '#src/protocol/selectors/label-selector.ts';
import { labelSelectorOf, type LabelSelectorTerms } from '#src/protocol/selectors/label-selector-of.ts';
import { SelectorError } from '#src/protocol/selectors/selector-error.ts';

// As apimachinery 0.36.3 has them.
const shape =
  "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. ";

const nameRule =
  `must ${shape}'MyName',  or 'my.name',  or '123-abc', regex used for validation is ` +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

const valueRule =
  `a valid label must be an empty string or ${shape}'MyValue',  or 'my_value',  or '12345', regex used for validation is ` +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

describe('labelSelectorOf', () => {
  it('reads the selector of an object', () => {
    const selector = labelSelectorOf({
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['front', 'back', 'back'] },
        { key: 'old', operator: 'DoesNotExist' },
        { key: 'env', operator: 'NotIn', values: ['test'] },
        { key: 'zone', operator: 'Exists', values: [] },
      ],
    });
    expect(String(selector)).toBe('app=web,env notin (test),!old,tier in (back,front),zone');
    expect(selector.matches({ app: 'web', tier: 'back', zone: '' })).toBe(true);
    expect(selector.matches({ app: 'web', tier: 'back', zone: '', env: 'test' })).toBe(false);
  });

  it('selects everything without terms, and nothing where there is no selector', () => {
    expect(labelSelectorOf({}).empty).toBe(true);
    expect(labelSelectorOf({ matchLabels: {}, matchExpressions: [] }).empty).toBe(true);
    expect(labelSelectorOf(JSON.parse('{"matchLabels":null,"matchExpressions":null}') as object).empty).toBe(true);
    for (const nothing of [labelSelectorOf(undefined), labelSelectorOf(null)]) {
      expect([nothing.empty, nothing.selectable, nothing.matches({}), nothing.matches({ nothing: '' })]).toEqual([
        false,
        false,
        false,
        false,
      ]);
      expect(parseLabelSelector(nothing.toString()).selectable).toBe(false);
    }
  });

  it.each([
    [
      '"Gt" is not a valid label selector operator',
      { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] },
    ],
    ['"toString" is not a valid label selector operator', { matchExpressions: [{ key: 'a', operator: 'toString' }] }],
    ['"" is not a valid label selector operator', { matchExpressions: [{ key: 'a', operator: '' }] }],
    [
      "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty",
      { matchExpressions: [{ key: 'a', operator: 'In', values: [] }] },
    ],
    [
      `[values: Invalid value: ["x","\\u003cy"]: values set must be empty for exists and does not exist, ` +
        `values[1][a]: Invalid value: "<y": ${valueRule}]`,
      { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['x', '<y'] }] },
    ],
    [`values[0][a]: Invalid value: "b d": ${valueRule}`, { matchLabels: { a: 'b d' } }],
    [
      `[values[1][a]: Invalid value: "b d": ${valueRule}, values[2][a]: Invalid value: "-c": ${valueRule}]`,
      { matchExpressions: [{ key: 'a', operator: 'In', values: ['ok', 'b d', '-c'] }] },
    ],
    [
      `[key: Invalid value: "-a": name part ${nameRule}, values[0][-a]: Invalid value: "-b": ${valueRule}]`,
      { matchLabels: { '-a': '-b' } },
    ],
    ['the values of a are not strings', { matchLabels: { a: 5 } }],
    ['matchLabels is not an object', { matchLabels: ['a'] }],
    ['matchExpressions is not an array', { matchExpressions: 'a' }],
    ['an expression is not an object', { matchExpressions: [null] }],
    ['the values of a are not strings', { matchExpressions: [{ key: 'a', operator: 'In', values: 'abc' }] }],
    ['the values of a are not strings', { matchExpressions: [{ key: 'a', operator: 'In', values: [1] }] }],
    ['an expression has no key', { matchExpressions: [{ operator: 'Exists' }] }],
    ['it is not an object', 'a=b'],
    ['it is not an object', ['a=b']],
    [`key: Invalid value: "a,b": name part ${nameRule}`, { matchLabels: { 'a,b': 'c' } }],
  ])('refuses what the server would, in its words: %s', (message, terms) => {
    const given = terms as LabelSelectorTerms;
    expect(() => labelSelectorOf(given)).toThrow(SelectorError);
    expect(() => labelSelectorOf(given)).toThrow(expect.objectContaining({ message }) as Error);
  });
});
