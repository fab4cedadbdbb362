import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { virtualServer } from './virtual-server.ts';

const maps = 'v1/configmaps';
const namespaces = 'v1/namespaces';

describe('namespaces that are looked after', () => {
  it('are there from the start: those of the system', () => {
    const { server } = virtualServer({ namespaces: true });
    expect(server.list(namespaces).map(({ metadata }) => metadata.name)).toEqual([
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ]);
  });

  it('go with all that is in them, of every resource, and with nothing else', () => {
    const { server, pass } = virtualServer({ namespaces: true });
    server.create(namespaces, { metadata: { name: 'x' } });
    for (const resource of [maps, 'v1/secrets', 'v1/pods'])
      for (const namespace of ['x', 'default']) server.create(resource, { metadata: { name: 'a', namespace } });
    server.delete(namespaces, 'x');
    expect(server.get(namespaces, 'x')).toMatchObject({ status: { phase: 'Terminating' } });
    pass();
    expect(server.get(namespaces, 'x')).toBeUndefined();
    for (const resource of [maps, 'v1/secrets', 'v1/pods'])
      expect(server.list(resource).map(({ metadata }) => metadata.namespace)).toEqual(['default']);
  });

  it('wait for what a finalizer holds', () => {
    const { server, pass } = virtualServer({ namespaces: true });
    server.create(namespaces, { metadata: { name: 'x' } });
    server.create(maps, { metadata: { name: 'a', namespace: 'x', finalizers: ['x.io/y'] } });
    server.delete(namespaces, 'x');
    pass();
    expect(server.get(maps, 'x/a')?.metadata.deletionTimestamp).toBeDefined();
    expect(server.get(namespaces, 'x')).toBeDefined();
    server.apply(maps, { metadata: { name: 'a', namespace: 'x', finalizers: [] } });
    pass();
    expect(server.list(maps)).toEqual([]);
    expect(server.get(namespaces, 'x')).toBeUndefined();
  });

  it('wait for finalizers of others in their spec, which go at their part finalize', async () => {
    const { server, pass } = virtualServer({ namespaces: true });
    server.create(namespaces, { metadata: { name: 'x' }, spec: { finalizers: ['x.io/y'] } });
    expect(server.get(namespaces, 'x')).toMatchObject({ spec: { finalizers: ['x.io/y', 'kubernetes'] } });
    server.delete(namespaces, 'x');
    pass();
    expect(server.get(namespaces, 'x')).toMatchObject({
      spec: { finalizers: ['x.io/y'] },
      status: { phase: 'Terminating' },
    });
    const path = '/api/v1/namespaces/x/finalize';
    const body = JSON.stringify({ metadata: { name: 'x' }, spec: { finalizers: [] } });
    await server.http({ resource: namespaces, method: 'PUT', path, headers: {}, body }).forEach(() => undefined);
    pass();
    expect(server.get(namespaces, 'x')).toBeUndefined();
  });

  it('need not exist unless they are looked after', () => {
    const { server } = virtualServer({});
    expect(server.create(maps, { metadata: { name: 'a', namespace: 'nope' } })).toMatchObject({ kind: 'ConfigMap' });
    const { server: strict } = virtualServer({ namespaces: true });
    expect(() => strict.create(maps, { metadata: { name: 'a', namespace: 'nope' } })).toThrow(KubeError);
  });
});
