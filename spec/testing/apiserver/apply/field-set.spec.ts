import { expect, it } from 'vitest';
import type { JsonObject } from '#src/testing/apiserver/objects/json-object.ts';
import {
  areSameFields,
  differenceOf,
  fieldPaths,
  intersectionOf,
  isNoFields,
  parsedFields,
  printedFields,
  unionOf,
} from '#src/testing/apiserver/apply/field-set.ts';

const a = { 'f:data': { '.': {}, 'f:a': {}, 'f:b': {} } };
const b = { 'f:data': { 'f:b': {}, 'f:c': {} }, 'f:spec': { 'k:{"name":"x"}': { '.': {}, 'f:image': {} } } };

it('prints what it reads', () => {
  for (const printed of [a, b, {}])
    expect(printedFields(parsedFields({ ...printed, 'f:x': {} }))).toEqual({ ...printed, 'f:x': {} });
});

it('prints a step that is named like a prototype', () => {
  const printed = JSON.parse('{"f:data":{"__proto__":{}}}') as JsonObject;
  expect(JSON.stringify(printedFields(parsedFields(printed)))).toBe(JSON.stringify(printed));
});

it('joins, intersects and subtracts', () => {
  const [left, right] = [parsedFields(a), parsedFields(b)];
  expect(printedFields(unionOf(left, right))).toEqual({
    'f:data': { '.': {}, 'f:a': {}, 'f:b': {}, 'f:c': {} },
    'f:spec': b['f:spec'],
  });
  expect(printedFields(intersectionOf(left, right))).toEqual({ 'f:data': { 'f:b': {} } });
  expect(printedFields(differenceOf(left, right))).toEqual({ 'f:data': { '.': {}, 'f:a': {} } });
  expect(isNoFields(differenceOf(left, left))).toBe(true);
  expect(areSameFields(left, unionOf(left, left))).toBe(true);
  expect(areSameFields(left, right)).toBe(false);
});

it('names fields by their paths', () => {
  expect(fieldPaths(parsedFields(b))).toEqual(['.data.b', '.data.c', '.spec[name="x"]', '.spec[name="x"].image']);
  expect(fieldPaths(parsedFields({ 'f:metadata': { 'f:finalizers': { 'v:"x.io/y"': {} } } }))).toEqual([
    '.metadata.finalizers[="x.io/y"]',
  ]);
});
