import { expect, it } from 'vitest';
import { strategicMerge, StrategicPatchError } from '#src/testing/apiserver/patch/strategic-merge.ts';

const container = (name: string, rest: object = {}): object => ({ name, image: 'i', ...rest });
const variable = (name: string, value: string): object => ({ name, value });

it.each<[string, object, Record<string, unknown>, object]>([
  ['maps', { a: { b: 1, c: 2 } }, { a: { b: null, d: 3 } }, { a: { c: 2, d: 3 } }],
  [
    'lists of objects by their keys',
    { containers: [container('a'), container('b')] },
    { containers: [{ name: 'b', image: 'j' }, { name: 'c' }] },
    { containers: [container('a'), container('b', { image: 'j' }), { name: 'c' }] },
  ],
  [
    'lists within them',
    { containers: [container('a', { env: [variable('K', '1'), variable('L', '2')] })] },
    {
      containers: [
        {
          name: 'a',
          env: [
            { name: 'K', value: '3' },
            { $patch: 'delete', name: 'L' },
          ],
        },
      ],
    },
    { containers: [container('a', { env: [variable('K', '3')] })] },
  ],
  [
    'ports of a container',
    { ports: [{ containerPort: 80 }] },
    { ports: [{ containerPort: 80, name: 'x' }] },
    { ports: [{ containerPort: 80, name: 'x' }] },
  ],
  ['ports of a service', { ports: [{ port: 80 }] }, { ports: [{ port: 81 }] }, { ports: [{ port: 80 }, { port: 81 }] }],
  ['finalizers, each once', { finalizers: ['a'] }, { finalizers: ['b', 'a'] }, { finalizers: ['a', 'b'] }],
  [
    'other lists not at all',
    { args: ['a'], taints: [{ key: 'k' }] },
    { args: ['b'], taints: [{ key: 'l' }] },
    { args: ['b'], taints: [{ key: 'l' }] },
  ],
  [
    'a list that is replaced',
    { env: [variable('K', '1')] },
    { env: [{ $patch: 'replace' }, variable('L', '2')] },
    { env: [variable('L', '2')] },
  ],
  ['a map that is replaced', { a: { b: 1 } }, { a: { $patch: 'replace', c: 2 } }, { a: { c: 2 } }],
  ['a map that goes', { a: { b: 1 }, d: 1 }, { a: { $patch: 'delete' } }, { a: {}, d: 1 }],
  [
    'keys that are retained',
    { strategy: { type: 'x', old: 1 } },
    { strategy: { $retainKeys: ['type'], type: 'y' } },
    { strategy: { type: 'y' } },
  ],
  [
    'texts that are deleted from a list',
    { finalizers: ['a', 'b'] },
    { '$deleteFromPrimitiveList/finalizers': ['a'] },
    { finalizers: ['b'] },
  ],
  [
    'items in the order that is asked for',
    { env: [variable('K', '1'), variable('L', '2'), variable('M', '3')] },
    { '$setElementOrder/env': [{ name: 'N' }, { name: 'M' }, { name: 'K' }], env: [variable('N', '4')] },
    { env: [variable('N', '4'), variable('L', '2'), variable('M', '3'), variable('K', '1')] },
  ],
  ['what is new, without its nulls', {}, { a: { b: null, c: [{ d: 1 }] } }, { a: { c: [{ d: 1 }] } }],
])('merges %s', (_what, object, patch, merged) => {
  const before = JSON.stringify(object);
  expect(strategicMerge(object, patch)).toEqual(merged);
  expect(JSON.stringify(object)).toBe(before);
});

// As a kube-apiserver 1.36 says it.
it.each<[string, Record<string, unknown>, string, number]>([
  [
    'a directive that is none',
    { a: { $patch: 'explode' } },
    'unknown patch type: explode in map: map[$patch:explode]',
    500,
  ],
  [
    'an item without its key',
    { containers: [{ image: 'i' }] },
    'map: map[image:i] does not contain declared merge key: name',
    500,
  ],
  ['an item that is no object', { containers: ['x'] }, 'an item of a list of objects is none', 500],
  [
    'an order that is no list',
    { '$setElementOrder/env': 'x', env: [variable('K', '1')] },
    'expected a []interface {}, but received a string',
    500,
  ],
  ['keys to retain that are no list', { $retainKeys: {} }, 'invalid patch format of retainKeys', 400],
])('refuses %s', (_what, patch, message, code) => {
  const merge = () => strategicMerge({ containers: [container('a')] }, patch);
  expect(merge).toThrow(StrategicPatchError);
  expect(merge).toThrow(expect.objectContaining({ message, code }) as Error);
});

it('sets no prototype', () => {
  const patch = JSON.parse(
    '{"__proto__":{"x":1},"$setElementOrder/__proto__":[],"$deleteFromPrimitiveList/__proto__":["x"]}',
  ) as Record<string, unknown>;
  const merged = strategicMerge({}, patch) as object;
  expect(Reflect.get(merged, 'x')).toBeUndefined();
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
});

it('takes time in proportion to long lists', () => {
  const env = Array.from({ length: 50_000 }, (_, index) => variable(`K${index}`, ''));
  const patch = { env, '$setElementOrder/env': env.toReversed(), '$deleteFromPrimitiveList/finalizers': env };
  expect(strategicMerge({ env, finalizers: env }, patch)).toEqual({ env: env.toReversed(), finalizers: [] });
});
