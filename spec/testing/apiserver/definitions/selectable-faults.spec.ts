import { describe, expect, it } from 'vitest';
import { selectableFaults } from '#src/testing/apiserver/definitions/selectable-faults.ts';

const text = { type: 'string' };
const names = Array.from({ length: 9 }, (_, index) => `f${index}`);
const schema = {
  type: 'object',
  properties: {
    metadata: { type: 'object', properties: { name: text } },
    spec: {
      type: 'object',
      properties: { ...Object.fromEntries(names.map((name) => [name, text])), o: { type: 'object' } },
    },
  },
};
const texts = (...paths: string[]) =>
  selectableFaults(
    paths.map((jsonPath) => ({ jsonPath })),
    schema,
    'at',
  ).map(({ field, message }) => `${field}: ${message}`);

describe('selectableFaults', () => {
  it('has none of fields of plain values', () => {
    expect(texts('.spec.f0', '.spec.f1')).toEqual([]);
  });

  it.each([
    ['.spec.nope', 'is an invalid path'],
    ['spec.f0', 'is an invalid path'],
    ['.spec.o', 'must point to a field of type string, boolean or integer'],
    ['.metadata.name', 'must not point to fields in metadata'],
    ['', 'Required value'],
  ])('refuses %j', (path, words) => {
    expect(texts(path)).toEqual([expect.stringContaining(words)]);
  });

  it('refuses a field that is there twice, and more than eight', () => {
    expect(texts('.spec.f0', '.spec.f0')).toEqual(['at[1].jsonPath: Duplicate value: ".spec.f0"']);
    expect(texts(...names.map((name) => `.spec.${name}`))).toEqual(['at: Too many: 9: must have at most 8 items']);
  });
});
