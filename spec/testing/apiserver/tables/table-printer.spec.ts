import { expect, it } from 'vitest';
import { Shown, tablePrinter } from '#src/testing/apiserver/tables/table-printer.ts';

it('reads columns from words', () => {
  const { columns, cells } = tablePrinter('Name|Ready#|On?|Made@!', (each) => [
    each.number('spec.n'),
    true,
    each.age('at'),
  ]);
  expect(columns.map(({ name, type, format, priority }) => [name, type, format, priority])).toEqual([
    ['Name', 'string', 'name', 0],
    ['Ready', 'integer', '', 0],
    ['On', 'boolean', '', 0],
    ['Made', 'date', '', 1],
  ]);
  const object = { apiVersion: 'v1', kind: 'X', metadata: { name: 'a' }, spec: { n: 3 }, at: '1970-01-01T00:00:10Z' };
  expect(cells(object, 70_000)).toEqual(['a', 3, true, '60s']);
});

it('shows what is not there, or is something else, as nothing', () => {
  const shown = new Shown({ spec: { list: [1, { a: 'x' }], map: { b: '2', a: '1' }, text: {} } }, 0);
  expect(shown.text('spec.text', 'none')).toBe('none');
  expect(shown.number('spec.map', 7)).toBe(7);
  expect(shown.joined('spec.list', 'a')).toBe('x');
  expect(shown.size('spec.none')).toBe(0);
  expect(shown.age()).toBe('<unknown>');
  expect(shown.labels('spec.map')).toBe('a=1,b=2');
  expect(shown.labels('spec.list')).toBe('<none>');
  expect(shown.span('spec.start', 'spec.end')).toBe('');
});

it('shows a selector as kubectl takes it', () => {
  const matchExpressions = [
    { key: 'a', operator: 'In', values: ['x', 'y'] },
    { key: 'b', operator: 'NotIn', values: ['z'] },
    { key: 'c', operator: 'Exists' },
    { key: 'd', operator: 'DoesNotExist' },
  ];
  const shown = new Shown({ spec: { matchLabels: { k: 'v' }, matchExpressions }, none: {} }, 0);
  expect(shown.selector('spec')).toBe('k=v,a in (x,y),b notin (z),c,!d');
  expect(shown.selector('none')).toBe('<none>');
});
