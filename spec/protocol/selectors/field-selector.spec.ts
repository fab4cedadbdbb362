import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldSelector, type FieldTerm, parseFieldSelector } from '#src/protocol/selectors/field-selector.ts';

const selects = (selector: string, fields: Record<string, string>) =>
  parseFieldSelector(selector).matches((field) => fields[field] ?? '');

const byText = (a: FieldTerm, b: FieldTerm): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('parseFieldSelector', () => {
  it.each([null, undefined, 5])('refuses what is not a text: %s', (given) => {
    expect(() => parseFieldSelector(given as never)).toThrow(
      expect.objectContaining({ name: 'SelectorError', message: 'a field selector is a text' }) as Error,
    );
  });

  it.each([
    ['', {}, true],
    ['metadata.name=a', { 'metadata.name': 'a' }, true],
    ['metadata.name==a', { 'metadata.name': 'a' }, true],
    ['metadata.name!=a', { 'metadata.name': 'a' }, false],
    ['metadata.name!=a', {}, true],
    ['spec.nodeName=', {}, true],
    ['status.phase=Running,spec.nodeName!=n', { 'status.phase': 'Running' }, true],
    ['status.phase=Running,spec.nodeName!=n', { 'status.phase': 'Running', 'spec.nodeName': 'n' }, false],
    [String.raw`a=x\,y\=z\\`, { a: String.raw`x,y=z` + '\\' }, true],
    [',a=b,', { a: 'b' }, true],
    ['!=,=,a=b,==', { a: 'b' }, true],
    ['=', { a: 'b' }, true],
  ])('%j on %j: %s', (selector, fields, selected) => {
    expect(selects(selector, fields)).toBe(selected);
  });

  it.each([
    ['a', "invalid selector: 'a'; can't understand 'a'"],
    ['a=b,c', "invalid selector: 'a=b,c'; can't understand 'c'"],
    ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
    [String.raw`a=\x`, String.raw`invalid field selector: invalid escape sequence: \x`],
    ['a=\\', 'invalid field selector: invalid escape sequence: \\'],
  ])('refuses %j as the server does', (selector, message) => {
    expect(() => parseFieldSelector(selector)).toThrow(message);
  });

  // As apimachinery 0.36.3 answers.
  it.each([
    ['x=a,a=x', 'a=x,x=a'],
    ['b!=1,a==2,,a=1', 'a=1,a=2,b!=1'],
    ['a==1,a=2', 'a=2,a=1'],
    ['a=b\\,c,a=b', 'a=b,a=b\\,c'],
    ['=,a=b', 'a=b'],
  ])('sorts the terms as the server does: %j', (selector, printed) => {
    expect(parseFieldSelector(selector).toString()).toBe(printed);
  });

  it.each([
    ['z,a', "invalid selector: 'z,a'; can't understand 'a'"],
    [String.raw`x=\q,b=a=b`, 'invalid field selector: unescaped character in value: 61'],
  ])('names that of several bad terms which the server names: %j', (selector, message) => {
    expect(() => parseFieldSelector(selector)).toThrow(message);
  });

  it('reads what it prints', () => {
    const term = fc.record({
      field: fc.stringMatching(/^[a-z]+(\.[a-zA-Z]+)*$/),
      operator: fc.constantFrom('=' as const, '!=' as const),
      value: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        const selector = new FieldSelector(terms);
        const read = parseFieldSelector(selector.toString());
        expect(read.terms.toSorted(byText)).toEqual(terms.toSorted(byText));
        expect(parseFieldSelector(read.toString())).toEqual(read);
      }),
    );
  });
});
