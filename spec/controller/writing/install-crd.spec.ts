import { firstValueFrom, of } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { CrdError, installCrd, type KubernetesObject, type ResourceClient, sharedInformer } from 'kuberx';
import { awaitable, listWatch } from 'kuberx/http';
import { type ConfigMap, virtualCluster } from '../virtual-cluster.ts';

const definitions = 'apiextensions.k8s.io/v1/customresourcedefinitions';
const name = 'widgets.example.com';
const openAPIV3Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema }, subresources: { status: {} } };
const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name },
  spec: {
    group: 'example.com',
    names: { plural: 'widgets', kind: 'Widget' },
    scope: 'Namespaced',
    versions: [version],
  },
} as const;

function setting(options = {}) {
  const cluster = virtualCluster(options);
  const client = cluster.client(definitions);
  function install(more = {}): ReturnType<typeof installCrd<ConfigMap>> {
    return installCrd(client, crd, { fieldManager: 'spec', scheduler: cluster.scheduler, ...more });
  }
  return { cluster, server: cluster.server, install } as const;
}

describe('installCrd', () => {
  it('applies the definition, and returns it when it is established and served', () => {
    const { cluster, server, install } = setting();
    const answer = cluster.outcome(install());
    expect(answer).toMatchObject({ metadata: { name }, status: { conditions: [{}, { type: 'Established' }] } });
    const widgets = sharedInformer(listWatch(server.http, 'example.com/v1/widgets'), cluster);
    const held = widgets.connect();
    cluster.pass(1000);
    expect(widgets.hasSynced$.value).toBe(true);
    held.unsubscribe();
  });

  it('sends nothing before it is subscribed to', () => {
    const { server, install } = setting();
    void install();
    expect(server.requests).toEqual([]);
  });

  it('brings a definition up to date that is there', () => {
    const { cluster, server, install } = setting();
    cluster.outcome(install());
    server.apply(definitions, { ...crd, spec: { ...crd.spec, names: { ...crd.spec.names, shortNames: ['w'] } } });
    const updated = { ...crd, spec: { ...crd.spec, names: { ...crd.spec.names, shortNames: ['wi'] } } };
    const options = { fieldManager: 'spec', scheduler: cluster.scheduler };
    cluster.outcome(installCrd(cluster.client(definitions), updated, options));
    expect(server.get(definitions, name)).toMatchObject({ spec: { names: { shortNames: ['wi'] } } });
  });

  it('fails where its names are not accepted, with the words of the server', () => {
    const { cluster, server, install } = setting();
    const condition = { type: 'NamesAccepted', status: 'False', message: '"Widget" is already in use' };
    server.intercept(({ verb }) =>
      verb === 'patch' ? { code: 200, body: { ...crd, status: { conditions: [condition] } } } : undefined,
    );
    expect(() => cluster.outcome(install())).toThrow(CrdError);
    expect(() => cluster.outcome(install())).toThrow(
      expect.objectContaining({
        reason: 'NamesNotAccepted',
        crd: name,
        message: `customresourcedefinitions ${name}: its names are not accepted: "Widget" is already in use`,
      }),
    );
  });

  it('fails where it is not established in time', () => {
    const { cluster, server, install } = setting();
    server.intercept(({ verb }) => (verb === 'patch' || verb === 'get' ? { code: 200, body: { ...crd } } : undefined));
    const seen: unknown[] = [];
    install({ timeout: 3000 }).subscribe({ error: (error: unknown) => seen.push(error) });
    cluster.pass(2900);
    expect(seen).toEqual([]);
    cluster.pass(1200);
    expect(seen).toEqual([expect.objectContaining({ name: 'CrdError', reason: 'NotEstablished' })]);
    expect(server.requests.length).toBeLessThan(10);
  });

  it('waits for a definition that is being deleted, and applies it anew', () => {
    const { cluster, server, install } = setting();
    cluster.outcome(install());
    const metadata = { namespace: 'default', name: 'w', finalizers: ['example.com/held'] };
    server.create('example.com/v1/widgets', { apiVersion: 'example.com/v1', kind: 'Widget', metadata });
    server.delete(definitions, name);
    cluster.pass(10);
    const seen: unknown[] = [];
    install().subscribe((answer) => seen.push(answer));
    cluster.pass(5000);
    expect(seen).toEqual([]);
    server.apply('example.com/v1/widgets', {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { namespace: 'default', name: 'w', finalizers: [] },
    });
    cluster.pass(5000);
    expect(seen).toHaveLength(1);
    expect(server.get(definitions, name)?.metadata.deletionTimestamp).toBeUndefined();
  });

  it('passes on a refusal, and refuses an invalid timeout', () => {
    const { cluster, install } = setting();
    cluster.server.failNext({ code: 403 });
    expect(() => cluster.outcome(install())).toThrow(expect.objectContaining({ reason: 'Forbidden' }));
    expect(() => install({ timeout: -1 })).toThrow(RangeError);
  });

  it('gives up in its time where the wall clock is set back', async () => {
    vi.useFakeTimers();
    const crdWaiting = { ...crd, metadata: { ...crd.metadata, resourceVersion: '1' } };
    const client: Partial<ResourceClient<KubernetesObject>> = {
      resource: definitions,
      get: () => awaitable(of(crdWaiting)),
      patch: () => awaitable(of(crdWaiting)),
    };
    const failed = firstValueFrom(installCrd(client as never, crd, { fieldManager: 'spec', timeout: 5000 })).then(
      () => 'established',
      (error: unknown) => (error as CrdError).reason,
    );
    await vi.advanceTimersByTimeAsync(1000);
    vi.setSystemTime(Date.now() - 86_400_000);
    await vi.advanceTimersByTimeAsync(6000);
    expect(vi.getTimerCount()).toBe(0);
    expect(await failed).toBe('NotEstablished');
    vi.useRealTimers();
  });
});
