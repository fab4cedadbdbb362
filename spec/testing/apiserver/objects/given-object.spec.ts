import { expect, it } from 'vitest';
import { givenObject } from '#src/testing/apiserver/objects/given-object.ts';

it('copies an object, and finds its namespace', () => {
  const object = { metadata: { name: 'a', namespace: 'x' }, data: { k: undefined } };
  const { content, namespace } = givenObject('v1/configmaps', object);
  expect([content, namespace]).toEqual([{ metadata: { name: 'a', namespace: 'x' }, data: {} }, 'x']);
  expect(content).not.toBe(object);
  expect(givenObject('v1/nodes', { metadata: { name: 'a', namespace: '' } }).namespace).toBeUndefined();
});

it('refuses what is nested too deep', () => {
  let deep: object = {};
  for (let level = 0; level < 600; level++) deep = { deep };
  expect(() => givenObject('v1/configmaps', deep)).toThrow(/depth/);
});
