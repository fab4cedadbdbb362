import { expect, it } from 'vitest';
import { builtInObjectType } from '#src/testing/apiserver/apply/built-in-types.ts';
import { parsedFields, printedFields } from '#src/testing/apiserver/apply/field-set.ts';
import { differenceBetween, fieldsOf, mergedObject, withoutFields } from '#src/testing/apiserver/apply/structure.ts';
import { anyValue } from '#src/testing/apiserver/apply/value-type.ts';

const pod = builtInObjectType('', 'v1', 'Pod');

const container = (name: string, image: string) => ({ name, image });

it('the fields of an object: maps by name, lists by key where they have one, all else as a whole', () => {
  const object = {
    metadata: { finalizers: ['x.io/y'] },
    spec: {
      containers: [container('a', '1')],
      args: ['x'],
      nodeSelector: { k: 'v' },
      empty: {},
    },
  };
  expect(printedFields(fieldsOf(object, pod))).toEqual({
    'f:metadata': { 'f:finalizers': { 'v:"x.io/y"': {} } },
    'f:spec': {
      'f:containers': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:image': {} } },
      'f:args': {},
      'f:nodeSelector': {},
      'f:empty': {},
    },
  });
  expect(printedFields(fieldsOf({ spec: { containers: [container('a', '1')] } }, anyValue))).toEqual({
    'f:spec': { 'f:containers': {} },
  });
  expect(printedFields(fieldsOf({ spec: { containers: [], args: [] } }, pod))).toEqual({ 'f:spec': { 'f:args': {} } });
});

it('the difference of two objects', () => {
  const before = { data: { a: '1', b: '2' }, spec: { containers: [container('a', '1'), container('b', '1')] } };
  const after = { data: { a: '9' }, labels: { l: '1' }, spec: { containers: [container('a', '2')] } };
  const { changed, removed } = differenceBetween(before, after, pod);
  expect(printedFields(changed)).toEqual({
    'f:data': { 'f:a': {} },
    'f:labels': { '.': {}, 'f:l': {} },
    'f:spec': { 'f:containers': { 'k:{"name":"a"}': { 'f:image': {} } } },
  });
  expect(printedFields(removed)).toEqual({
    'f:data': { 'f:b': {} },
    'f:spec': { 'f:containers': { 'k:{"name":"b"}': { '.': {}, 'f:name': {}, 'f:image': {} } } },
  });
});

it('merges, and takes away again', () => {
  const current = { data: { a: '1' }, spec: { containers: [container('a', '1')], args: ['x'] } };
  const given = {
    data: { b: '2' },
    spec: { containers: [{ name: 'a', tty: true }, container('b', '1')], args: ['y'] },
  };
  const merged = mergedObject(current, given, pod);
  expect(merged).toEqual({
    data: { a: '1', b: '2' },
    spec: { containers: [{ ...container('a', '1'), tty: true }, container('b', '1')], args: ['y'] },
  });
  const fields = parsedFields({
    'f:data': { 'f:a': {}, 'f:b': {} },
    'f:spec': { 'f:containers': { 'k:{"name":"b"}': { '.': {}, 'f:name': {} } }, 'f:args': {} },
  });
  expect(withoutFields(merged, fields, pod)).toEqual({
    spec: { containers: [{ ...container('a', '1'), tty: true }] },
  });
});

it('keeps an own __proto__ key', () => {
  const given = JSON.parse('{"data":{"__proto__":"x"}}') as Record<string, unknown>;
  expect(JSON.stringify(mergedObject({ data: { a: '1' } }, given, pod))).toBe('{"data":{"a":"1","__proto__":"x"}}');
});

it('keeps items that are there twice, until somebody applies them', () => {
  const list = { spec: { containers: [container('a', '1'), container('a', '2'), container('b', '1')] } };
  expect(mergedObject(list, { spec: { containers: [container('b', '2')] } }, pod)).toEqual({
    spec: { containers: [container('a', '1'), container('a', '2'), container('b', '2')] },
  });
  expect(mergedObject(list, { spec: { containers: [container('a', '3')] } }, pod)).toEqual({
    spec: { containers: [container('a', '3'), container('b', '1')] },
  });
});

it.each([
  [
    ['a', 'b', 'c'],
    ['c', 'b'],
    ['a', 'c', 'b'],
  ],
  [['web'], ['side', 'web'], ['side', 'web']],
  [['a', 'b'], ['c'], ['a', 'b', 'c']],
  [
    ['a', 'b', 'c'],
    ['b', 'd', 'a'],
    ['b', 'c', 'd', 'a'],
  ],
  [
    ['a', 'b', 'c', 'd'],
    ['d', 'x', 'b'],
    ['a', 'c', 'd', 'x', 'b'],
  ],
  [
    ['a', 'x', 'b'],
    ['b', 'a', 'z'],
    ['x', 'b', 'a', 'z'],
  ],
  [[], ['b', 'a'], ['b', 'a']],
])('of %j and %j makes %j: in the order of what is applied', (current, given, merged) => {
  const named = (names: readonly string[]) => ({ spec: { containers: names.map((name) => ({ name })) } });
  expect(mergedObject(named(current), named(given), pod)).toEqual(named(merged));
});
