import { describe, expect, it } from 'vitest';
import { definedResources } from '#src/testing/apiserver/definitions/defined-resource.ts';
import { decodedDefinition } from '#src/testing/apiserver/definitions/definition.ts';

const schema = (name: string) => ({
  openAPIV3Schema: {
    type: 'object',
    properties: { spec: { type: 'object', properties: { [name]: { type: 'string' } } } },
  },
});
const definition = decodedDefinition({
  group: 'ex.io',
  scope: 'Namespaced',
  names: { plural: 'widgets', kind: 'Widget', shortNames: ['w'] },
  versions: [
    { name: 'v1', served: true, storage: false, schema: schema('a'), selectableFields: [{ jsonPath: '.spec.a' }] },
    {
      name: 'v2',
      served: true,
      storage: true,
      schema: schema('b'),
      subresources: { status: {}, scale: { specReplicasPath: '.spec.n', statusReplicasPath: '.status.n' } },
    },
  ],
});
const all = definedResources(definition, definition.names, false);

describe('definedResources', () => {
  it('tells of each version what is served, and in which one it is stored', () => {
    expect(all.map(({ resource }) => resource)).toMatchObject([
      { group: 'ex.io', version: 'v1', plural: 'widgets', kind: 'Widget', shortNames: ['w'], subresources: [] },
      { version: 'v2', subresources: [{ name: 'status' }, { name: 'scale', kind: 'Scale' }] },
    ]);
    expect(all.map(({ storedAs }) => storedAs.version)).toEqual(['v2', 'v2']);
    expect(new Set(all.map(({ resource }) => resource.storageVersionHash)).size).toBe(1);
    expect(all[0]?.selectableFields).toEqual(['spec.a']);
    expect(all[1]?.scale).toEqual({ specReplicas: ['spec', 'n'], statusReplicas: ['status', 'n'] });
  });

  it('reads what is sent by the schema of its version, and what is stored by that of the version in which it is', () => {
    const object = (version: string) => ({ apiVersion: `ex.io/${version}`, kind: 'Widget', spec: { a: '1', b: '2' } });
    expect(all[0]?.hooks.read?.(object('v1'))).toMatchObject({ spec: { a: '1' } });
    expect(all[1]?.read(object('v2'))).toEqual({ ...object('v2'), spec: { b: '2' } });
    // What either version does not know is not there.
    expect(all[0]?.read(object('v2'))).toEqual({ ...object('v2'), spec: {} });
    expect(all[0]?.read(object('v1'))).toEqual({ ...object('v1'), spec: { a: '1' } });
    // Of a version that is gone.
    expect(all[1]?.read(object('v0'))).toEqual({ ...object('v0'), spec: { b: '2' } });
  });

  it('takes nothing new of a definition that goes', () => {
    const [terminating] = definedResources(definition, definition.names, true);
    const resource = { group: 'ex.io', version: 'v1', plural: 'widgets', kind: 'Widget', builtIn: false, fields: {} };
    expect(() => terminating?.hooks.checkNew?.(resource, 'a', 'x')).toThrow(
      'while custom resource definition is terminating',
    );
    expect(terminating?.resource.toldVerbs).not.toContain('create');
  });
});
