import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { virtualServer } from '../lifecycle/virtual-server.ts';

const definitions = 'apiextensions.k8s.io/v1/customresourcedefinitions';
const widgets = 'ex.io/v1/widgets';

function definition({ scope = 'Namespaced', served = true } = {}): object {
  return {
    metadata: { name: 'widgets.ex.io' },
    spec: {
      group: 'ex.io',
      scope,
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [{ name: 'v1', served, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  };
}

const widget = { kind: 'Widget', metadata: { name: 'a', namespace: 'x' } };

describe('CustomResourceDefinitions', () => {
  it('are served at once, and Established a turn later', () => {
    const { server, pass } = virtualServer({});
    expect(() => server.create(widgets, widget)).toThrow(KubeError);
    server.create(definitions, definition());
    expect(server.create(widgets, widget)).toMatchObject({ apiVersion: 'ex.io/v1', kind: 'Widget' });
    expect(server.get(definitions, 'widgets.ex.io')).toMatchObject({ status: { conditions: null } });
    pass();
    expect(server.get(definitions, 'widgets.ex.io')).toMatchObject({
      status: { conditions: [{ type: 'NamesAccepted' }, { type: 'Established', status: 'True' }] },
    });
  });

  it('go with their objects, once nothing holds these', () => {
    const { server, pass } = virtualServer({});
    server.create(definitions, definition());
    server.create(widgets, { ...widget, metadata: { ...widget.metadata, finalizers: ['x.io/y'] } });
    pass();
    server.delete(definitions, 'widgets.ex.io');
    pass();
    expect(server.get(widgets, 'x/a')?.metadata.deletionTimestamp).toBeDefined();
    expect(server.get(definitions, 'widgets.ex.io')).toBeDefined();
    server.apply(widgets, widget);
    pass();
    expect(server.get(definitions, 'widgets.ex.io')).toBeUndefined();
    expect(() => server.list(widgets)).toThrow('does not serve');
    server.create(definitions, definition({ scope: 'Cluster' }));
    expect(server.create(widgets, { kind: 'Widget', metadata: { name: 'b' } })).toMatchObject({ kind: 'Widget' });
  });

  it('keep an int64 to its last digit, in their schemas and in objects', () => {
    const { server } = virtualServer({});
    const long = { type: 'integer', format: 'int64', maximum: 2n ** 63n - 1n };
    const set = { type: 'array', 'x-kubernetes-list-type': 'set', items: long };
    const spec = { type: 'object', properties: { n: long, set } };
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
    const { spec: given } = definition() as { readonly spec: object };
    const versions = [{ name: 'v1', served: true, storage: true, schema }];
    server.create(definitions, { ...definition(), spec: { ...given, versions } });
    const content = { n: 2n ** 63n - 1n, set: [9007199254740993n, 9007199254740995n] };
    expect(server.create(widgets, { ...widget, spec: content })).toMatchObject({ spec: content });
    const twice = { ...widget, metadata: { name: 'b', namespace: 'x' }, spec: { set: [content.n, content.n] } };
    expect(() => server.create(widgets, twice)).toThrow('spec.set[1]: Duplicate value: 9223372036854775807');
  });

  it('come back with their objects from a backup, and go again', () => {
    const { server, pass } = virtualServer({});
    const empty = server.backUp();
    server.create(definitions, definition());
    server.create(widgets, widget);
    pass();
    const full = server.backUp();
    server.delete(widgets, 'x/a');
    server.delete(definitions, 'widgets.ex.io');
    pass();
    expect(() => server.list(widgets)).toThrow('does not serve');
    server.restore(full);
    expect(server.get(widgets, 'x/a')).toMatchObject({ kind: 'Widget' });
    server.restore(empty);
    expect(() => server.list(widgets)).toThrow('does not serve');
  });

  it('are not served where they say so', () => {
    const { server } = virtualServer({});
    server.create(definitions, definition({ served: false }));
    expect(() => server.list(widgets)).toThrow('does not serve');
  });

  it.each([
    [{ metadata: { name: 'other.ex.io' } }, 'must be spec.names.plural'],
    [{ spec: {} }, 'spec.group'],
    [{ spec: undefined }, 'spec'],
    [{ spec: { group: 'ex.io', scope: 'Nope', names: { plural: 'widgets', kind: 'Widget' } } }, 'spec.scope'],
    [{ spec: { group: 'ex.io', scope: 'Cluster', names: { plural: 'widgets', kind: 'W' }, versions: [] } }, 'storage'],
  ])('are refused: %j', (change, message) => {
    const { server } = virtualServer({});
    expect(() => server.create(definitions, { ...definition(), ...change })).toThrow(message);
    expect(server.list(definitions)).toEqual([]);
  });
});
