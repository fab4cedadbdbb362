import { describe, expect, it } from 'vitest';
import { typesTable } from '../../../scripts/resources/types-table.ts';

const at = (name: string) => `#/components/schemas/${name}`;
const reference = (name: string) => ({ $ref: at(name) });
const kind = (group: string, name: string) => ({
  'x-kubernetes-group-version-kind': [{ group, version: 'v1', kind: name }],
});

const schemas = {
  'io.k8s.api.core.v1.Thing': {
    ...kind('', 'Thing'),
    properties: {
      metadata: reference('meta'),
      spec: { allOf: [reference('io.k8s.api.core.v1.ThingSpec')], default: {} },
    },
  },
  'io.k8s.api.core.v1.ThingSpec': {
    properties: {
      name: { type: 'string' },
      parts: {
        type: 'array',
        items: reference('io.k8s.api.core.v1.Part'),
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['port', 'protocol'],
      },
      owners: {
        type: 'array',
        items: reference('io.k8s.api.core.v1.Owner'),
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['uid'],
      },
      names: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      plain: { type: 'array', items: reference('io.k8s.api.core.v1.Part') },
      selector: { type: 'object', additionalProperties: { type: 'string' }, 'x-kubernetes-map-type': 'atomic' },
      map: { type: 'object', additionalProperties: reference('io.k8s.api.core.v1.Part') },
      itself: reference('io.k8s.api.core.v1.ThingSpec'),
    },
  },
  'io.k8s.api.core.v1.Part': {
    properties: { protocol: { type: 'string', default: 'TCP' }, owner: reference('io.k8s.api.core.v1.Owner') },
  },
  'io.k8s.api.core.v1.Owner': { 'x-kubernetes-map-type': 'atomic', properties: {} },
  'io.k8s.api.core.v1.Plain': { ...kind('', 'Plain'), properties: { a: { type: 'string' } } },
  'io.k8s.api.core.v1.ThingList': { ...kind('', 'ThingList'), properties: {} },
};

describe('typesTable', () => {
  it('has a line for each type that has something special, in short', () => {
    expect(typesTable([{ components: { schemas } }])).toEqual([
      'core.v1.Part owner!',
      'core.v1.Thing spec+:core.v1.ThingSpec',
      'core.v1.ThingSpec parts[port,protocol=TCP]:core.v1.Part owners[uid]! names[] selector! map*:core.v1.Part itself:core.v1.ThingSpec',
    ]);
  });
});
