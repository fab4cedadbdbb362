import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addedFields } from '#src/testing/apiserver/apply/added-fields.ts';
import { builtInObjectType } from '#src/testing/apiserver/apply/built-in-types.ts';
import { createdFields, type Manager, updatedFields } from '#src/testing/apiserver/apply/managed-fields.ts';
import { schemaType } from '#src/testing/apiserver/apply/schema-type.ts';

const pod = builtInObjectType('', 'v1', 'Pod');

it('prints maps by name, lists by their keys, and all else as a whole', () => {
  const object = {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'a', labels: { b: '1', a: '2' }, finalizers: ['x.io/y'] },
    spec: { containers: [{ image: '1', name: 'a' }], args: ['x'] },
  };
  expect(JSON.stringify(addedFields(object, pod, new Set(['name'])))).toBe(
    JSON.stringify({
      'f:metadata': {
        'f:finalizers': { '.': {}, 'v:"x.io/y"': {} },
        'f:labels': { '.': {}, 'f:a': {}, 'f:b': {} },
      },
      'f:spec': {
        'f:args': {},
        'f:containers': { '.': {}, 'k:{"name":"a"}': { '.': {}, 'f:image': {}, 'f:name': {} } },
      },
    }),
  );
  expect(addedFields({ kind: 'Pod', metadata: { name: 'a' } }, pod, new Set(['name']))).toBeUndefined();
});

it('finds what the difference between nothing and the object is', () => {
  const manager: Manager = { name: 'm', operation: 'Update', apiVersion: 'v1', subresource: '' };
  const names = ['metadata', 'spec', 'containers', 'name', 'ports', 'containerPort', 'finalizers', 'labels', 'uid'];
  const more = ['status', 'conditions', 'type', 'template', 'tolerations', 'volumes', 'selector', '1', '__proto__'];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(null, 0, 'x', 'y', true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names, ...more), tie('value'), { maxKeys: 5 }),
    ),
  }));
  const inner = fc.dictionary(fc.constantFrom(...names, ...more), value, { maxKeys: 5 });
  const object = fc.record({ kind: fc.constant('Pod'), metadata: inner, spec: inner, status: inner, x: value });
  const crd = schemaType({
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          containers: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name', 'type'],
          },
          selector: { type: 'object', 'x-kubernetes-map-type': 'atomic' },
          volumes: { type: 'array', 'x-kubernetes-list-type': 'set' },
        },
      },
    },
  });
  const service = builtInObjectType('', 'v1', 'Service');
  fc.assert(
    fc.property(object, fc.constantFrom(pod, service, crd), (given, type) => {
      const options = { time: '2026-01-01T00:00:00Z', type };
      const created = createdFields(given, manager, options);
      expect(JSON.stringify(created)).toBe(JSON.stringify(updatedFields({}, given, manager, options)));
    }),
    { numRuns: 2000 },
  );
});
