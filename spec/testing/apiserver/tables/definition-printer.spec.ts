import { expect, it } from 'vitest';
import { definitionPrinter } from '#src/testing/apiserver/tables/definition-printer.ts';

const object = {
  apiVersion: 'x.io/v1',
  kind: 'X',
  metadata: { name: 'a', creationTimestamp: '1970-01-01T00:00:00Z', labels: { 'a.b/c': 'l' } },
  spec: { size: 3, on: false, hosts: ['h', 'i'], map: { k: 'v' }, none: null },
};

function cell(type: string, jsonPath: string): unknown {
  return definitionPrinter([{ name: 'N', type, jsonPath }]).cells(object, 5000)[1];
}

it.each([
  ['integer', '.spec.size', 3],
  ['string', '.spec.size', '3'],
  ['boolean', '.spec.on', false],
  ['boolean', '.spec.size', null],
  ['string', '.spec.hosts[1]', 'i'],
  ['string', '.spec.hosts', '["h","i"]'],
  ['string', `.metadata.labels['a.b/c']`, 'l'],
  ['string', '.metadata.labels.a\\.b/c', 'l'],
  ['date', '.metadata.creationTimestamp', '5s'],
  ['date', '.spec.on', '<unknown>'],
  ['string', '.spec.none', null],
  ['string', '.spec.toString', null],
  ['string', '.spec.hosts[?(@=="h")]', null],
  ['string', 'nonsense', null],
])('reads a %s at %s', (type, path, value) => {
  expect(cell(type, path)).toBe(value);
});

it('shows the age where a definition names no columns', () => {
  for (const none of [undefined, [], 'x']) {
    const { columns, cells } = definitionPrinter(none);
    expect(columns.map(({ name }) => name)).toEqual(['Name', 'Age']);
    expect(cells(object, 5000)).toEqual(['a', '5s']);
  }
});
