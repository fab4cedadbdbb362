import { expect, it } from 'vitest';
import { goSyntax, goText, goTypeName } from '#src/testing/apiserver/apply/go-text.ts';

it.each([
  [null, '<nil>', 'interface {}(nil)', '<nil>'],
  ['a"b', 'a"b', '"a\\"b"', 'string'],
  [true, 'true', 'true', 'bool'],
  [5, '5', '5', 'int64'],
  [1.5, '1.5', '1.5', 'float64'],
  [1e-7, '1e-07', '1e-07', 'float64'],
  [9007199254740993n, '9007199254740993', '9007199254740993', 'int64'],
  [['a', 1], '[a 1]', '[]interface {}{"a", 1}', '[]interface {}'],
  [
    { b: 1, a: {} },
    'map[a:map[] b:1]',
    'map[string]interface {}{"a":map[string]interface {}{}, "b":1}',
    'map[string]interface {}',
  ],
])('prints %o as Go does', (value, text, syntax, type) => {
  expect([goText(value), goSyntax(value), goTypeName(value)]).toEqual([text, syntax, type]);
});
