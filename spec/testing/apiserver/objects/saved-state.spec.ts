import { describe, expect, it } from 'vitest';
import { ApiServer, type SavedState } from 'kuberx/testing/apiserver';

const configMap = (name: string): object => ({ metadata: { namespace: 'default', name }, data: { a: name } });

const widget = (name: string): object => ({ apiVersion: 'example.io/v1', kind: 'Widget', metadata: { name } });

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.io' },
  spec: {
    group: 'example.io',
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};

/** A server with two ConfigMaps, and a custom resource with an object. */
function filled(): ApiServer {
  const server = new ApiServer({ listen: false });
  server.create('v1/configmaps', configMap('a'));
  server.create('v1/configmaps', configMap('b'));
  server.applyManifest(definition);
  server.applyManifest(widget('w'));
  return server;
}

describe('save and load', () => {
  it('carry all objects with their uids and versions to another server, by way of JSON', () => {
    const server = filled();
    const text = JSON.stringify(server.save());
    const other = new ApiServer({ listen: false });
    other.create('v1/secrets', { metadata: { namespace: 'default', name: 'gone' } });
    other.load(JSON.parse(text) as SavedState);
    expect(other.list('v1/configmaps')).toEqual(server.list('v1/configmaps'));
    expect(other.list('example.io/v1/widgets')).toEqual(server.list('example.io/v1/widgets'));
    expect(other.list('v1/secrets')).toEqual([]);
    expect(other.resourceVersion).toBe(server.resourceVersion);
    expect(other.save()).toEqual(server.save());
  });

  it('let the other server go on: what is defined is served, and versions grow', () => {
    const other = new ApiServer({ listen: false });
    const state = filled().save();
    other.load(state);
    const { metadata } = other.applyManifest(widget('next'));
    expect(Number(metadata.resourceVersion)).toBeGreaterThan(Number(state.resourceVersion));
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an array', []],
    ['a version that is none', { resourceVersion: 'new', objects: {} }],
    ['objects that are none', { resourceVersion: '5', objects: { 'v1/configmaps': [null] } }],
    ['objects without a name', { resourceVersion: '5', objects: { 'v1/configmaps': [{ metadata: { uid: 'a' } }] } }],
    ['a resource that is not served', { resourceVersion: '5', objects: { 'example.io/v1/gadgets': [] } }],
    ['a name that is no resource', { resourceVersion: '5', objects: { pods: [] } }],
    [
      'an object that is newer than the state',
      {
        resourceVersion: '5',
        objects: { 'v1/configmaps': [{ metadata: { name: 'a', uid: 'a', resourceVersion: '6' } }] },
      },
    ],
  ])('refuse %s, and change nothing', (_, state) => {
    const server = filled();
    const before = server.save();
    expect(() => server.load(state as SavedState)).toThrow(TypeError);
    expect(server.save()).toEqual(before);
    expect(server.applyManifest(widget('x'))).toBeDefined();
  });
});
