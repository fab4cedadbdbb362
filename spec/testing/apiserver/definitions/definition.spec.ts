import { describe, expect, it } from 'vitest';
import {
  decodedDefinition,
  definitionOf,
  pathSteps,
  storageVersion,
} from '#src/testing/apiserver/definitions/definition.ts';

const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } };
const spec = {
  group: 'ex.io',
  scope: 'Namespaced',
  names: { plural: 'widgets', kind: 'Widget' },
  versions: [version],
};

describe('decodedDefinition', () => {
  it('fills in the names and the conversion that are left out', () => {
    expect(decodedDefinition(spec)).toEqual({
      ...spec,
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      conversion: { strategy: 'None' },
    });
  });

  it('leaves out what it does not know, and what is null', () => {
    const schema = { openAPIV3Schema: { type: 'object', nullable: null, bogus: 1, properties: { a: { bogus: 1 } } } };
    const read = decodedDefinition({ ...spec, bogus: 1, versions: [{ ...version, bogus: 1, schema }] });
    expect(read).not.toHaveProperty('bogus');
    expect(read.versions).toEqual([
      { ...version, schema: { openAPIV3Schema: { type: 'object', properties: { a: {} } } } },
    ]);
  });

  it.each([
    [{ group: 5 }, 'number into Go struct field CustomResourceDefinitionSpec.spec.group of type string'],
    [{ versions: {} }, 'object into Go struct field CustomResourceDefinitionSpec.spec.versions of type'],
    [{ versions: [{ served: 'yes' }] }, 'CustomResourceDefinitionVersion.spec.versions.served of type bool'],
    [
      { versions: [{ schema: { openAPIV3Schema: { type: 5 } } }] },
      'number into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.type of type string',
    ],
  ])('refuses members of another type: %j', (wrong, message) => {
    expect(() => decodedDefinition({ ...spec, ...wrong })).toThrow(message);
  });

  it('takes for empty what is not there', () => {
    expect(decodedDefinition(undefined)).toMatchObject({ group: '', scope: '', versions: [] });
  });
});

describe('storageVersion', () => {
  it('is the one that says so', () => {
    const other = { ...version, name: 'v2', storage: false };
    const definition = definitionOf({ spec: { ...spec, versions: [other, version] } });
    expect(storageVersion(definition)).toBe(version);
  });
});

describe('pathSteps', () => {
  it('are the names of a path', () => {
    expect(pathSteps('.spec.replicas')).toEqual(['spec', 'replicas']);
  });
});
