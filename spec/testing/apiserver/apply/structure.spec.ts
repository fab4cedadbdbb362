import { expect, it } from 'vitest';
import { parsedFields, printedFields } from '#src/testing/apiserver/apply/field-set.ts';
import { differenceBetween, fieldsOf, mergedObject, withoutFields } from '#src/testing/apiserver/apply/structure.ts';

const container = (name: string, image: string) => ({ name, image });

it('the fields of an object: maps by name, lists by key where they have one, all else as a whole', () => {
  const object = {
    metadata: { finalizers: ['x.io/y'] },
    spec: {
      containers: [container('a', '1')],
      args: ['x'],
      nodeSelector: { k: 'v' },
      ports: [{ port: 80 }],
      empty: {},
    },
  };
  expect(printedFields(fieldsOf(object, true))).toEqual({
    'f:metadata': { 'f:finalizers': { 'v:"x.io/y"': {} } },
    'f:spec': {
      'f:containers': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:image': {} } },
      'f:args': {},
      'f:nodeSelector': {},
      'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } },
      'f:empty': {},
    },
  });
  expect(printedFields(fieldsOf({ spec: { containers: [container('a', '1')] } }, false))).toEqual({
    'f:spec': { 'f:containers': {} },
  });
});

it('the difference of two objects', () => {
  const before = { data: { a: '1', b: '2' }, spec: { containers: [container('a', '1'), container('b', '1')] } };
  const after = { data: { a: '9' }, labels: { l: '1' }, spec: { containers: [container('a', '2')] } };
  const { changed, removed } = differenceBetween(before, after, true);
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
  const merged = mergedObject(current, given, true);
  expect(merged).toEqual({
    data: { a: '1', b: '2' },
    spec: { containers: [{ ...container('a', '1'), tty: true }, container('b', '1')], args: ['y'] },
  });
  const fields = parsedFields({
    'f:data': { 'f:a': {}, 'f:b': {} },
    'f:spec': { 'f:containers': { 'k:{"name":"b"}': { '.': {}, 'f:name': {} } }, 'f:args': {} },
  });
  expect(withoutFields(merged, fields, true)).toEqual({
    spec: { containers: [{ ...container('a', '1'), tty: true }] },
  });
});

it('keeps an own __proto__ key', () => {
  const given = JSON.parse('{"data":{"__proto__":"x"}}') as Record<string, unknown>;
  expect(JSON.stringify(mergedObject({ data: { a: '1' } }, given, true))).toBe('{"data":{"a":"1","__proto__":"x"}}');
});
