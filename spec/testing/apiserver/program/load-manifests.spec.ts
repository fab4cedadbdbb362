import { expect, it } from 'vitest';
import { loadManifests } from '#src/testing/apiserver/program/load-manifests.ts';
import { ProgramError } from '#src/testing/apiserver/program/program-error.ts';
import { ApiServer } from 'kuberx/testing/apiserver';

const manifest = (kind: string, apiVersion: string, metadata: object, rest: object = {}) => ({
  path: `${kind}.yaml`,
  object: { apiVersion, kind, metadata, ...rest },
});

const definition = manifest(
  'CustomResourceDefinition',
  'apiextensions.k8s.io/v1',
  { name: 'widgets.example.io' },
  {
    spec: {
      group: 'example.io',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  },
);

it('stores definitions and namespaces before what needs them', () => {
  const server = new ApiServer({ listen: false, namespaces: true });
  loadManifests(server, [
    manifest('Widget', 'example.io/v1', { name: 'w', namespace: 'shop' }),
    manifest('Namespace', 'v1', { name: 'shop' }),
    definition,
  ]);
  expect(server.get('example.io/v1/widgets', 'shop/w')).toBeDefined();
});

it('says which file the server refuses, and why', () => {
  const server = new ApiServer({ listen: false, namespaces: true });
  const load = (): void => loadManifests(server, [manifest('ConfigMap', 'v1', { name: 'a', namespace: 'nowhere' })]);
  expect(load).toThrow(ProgramError);
  expect(load).toThrow(/^ConfigMap\.yaml: .*namespaces "nowhere" not found/);
});
