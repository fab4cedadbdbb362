import type { V1ConfigMap, V1Deployment, V1Pod } from '@kubernetes/client-node';
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import {
  dropManagedFields,
  type KubernetesObject,
  type PartialObjectMetadata,
  type Raw,
  type SharedInformer,
} from 'kuberx';
import { ResourceSyntaxError } from 'kuberx/http';
import {
  informerFactory,
  type InformerFactoryOptions,
  kubeHttpClient,
  type ResourceInformerFactory,
} from 'kuberx/client-node';
import { apiServer, type ApiServer } from 'kuberx/testing/apiserver';
import { SharedInformerFactory } from '#src/informer/many/shared-informer-factory.ts';
import { eventually } from '../eventually.ts';
import { kubeConfigOf } from './kube-config-of.ts';

async function served(
  options?: InformerFactoryOptions,
): Promise<{ server: ApiServer; factory: ResourceInformerFactory }> {
  const server = await apiServer();
  const factory = informerFactory(kubeConfigOf(server.url), options);
  onTestFinished(async () => {
    factory.shutdown();
    await server.stop({ how: 'reset' });
  });
  return { server, factory };
}

function put(server: ApiServer, name: string, metadata: object = {}): void {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', ...metadata } };
  server.apply('v1/configmaps', { ...object, data: { k: '1' } });
}

const offline = (options?: InformerFactoryOptions): ResourceInformerFactory =>
  informerFactory(kubeConfigOf('http://127.0.0.1:1'), options);

describe('informerFactory', () => {
  it('selects what is behind getters too, and refuses what is not a selection', () => {
    const factory = offline();
    class TeamA {
      get namespace(): string {
        return 'team-a';
      }
    }
    expect(factory.informer('v1/pods', new TeamA())).toBe(factory.informer('v1/pods', { namespace: 'team-a' }));
    expect(() => factory.informer('v1/pods', { namepsace: 'team-a' } as object)).toThrow(
      /^namepsace is not an option/u,
    );
  });

  it('opens one watch for each resource and selection, however many ask and subscribe', async () => {
    const { server, factory } = await served();
    put(server, 'a');
    put(server, 'b', { namespace: 'other' });
    const told: string[][] = [];
    const subscribe = (informer: SharedInformer<Raw<V1ConfigMap>>): void => {
      const names: string[] = [];
      told.push(names);
      informer.events$.subscribe(({ type, object }) => names.push(`${type} ${object.metadata.name}`));
    };
    for (let i = 0; i < 10; i++) {
      subscribe(factory.informer('v1/configmaps'));
      subscribe(factory.informer('v1/configmaps', { namespace: 'default' }));
      factory.informer('v1/secrets').connect();
    }
    await factory.waitForCacheSync();
    put(server, 'c');
    await eventually(() => {
      for (const names of told) expect(names).toContain('added c');
    });
    expect(told.filter(({ length }) => length === 3)).toHaveLength(10);
    expect(told.filter(({ length }) => length === 2)).toHaveLength(10);
    expect(factory.informers()).toHaveLength(3);
    expect(server.requests.map(({ verb, path }) => `${verb ?? ''} ${path}`).sort()).toEqual([
      'watch /api/v1/configmaps',
      'watch /api/v1/namespaces/default/configmaps',
      'watch /api/v1/secrets',
    ]);
    expect(server.openStreams).toBe(3);
  });

  it('takes an empty selection for none', () => {
    const factory = offline();
    const pods = factory.informer('v1/pods');
    const nothing = { namespace: '', labelSelector: '', fieldSelector: undefined, metadataOnly: false };
    expect(factory.informer('v1/pods', {})).toBe(pods);
    expect(factory.informer('v1/pods', nothing)).toBe(pods);
    expect(factory.informer('v1/pods', { namespace: 'a' })).not.toBe(pods);
    expect(factory.informer('v1/pods', { metadataOnly: true })).not.toBe(pods);
    expect(factory.informer('v1/pods', { namespace: 'a', labelSelector: 'b' })).toBe(
      factory.informer('v1/pods', { labelSelector: 'b', namespace: 'a' }),
    );
    expect(factory.informers()).toHaveLength(4);
  });

  it('is a SharedInformerFactory, typed by the resource', () => {
    const factory = offline();
    interface Widget extends KubernetesObject {
      readonly spec: { readonly size: number };
    }
    expect(factory).toBeInstanceOf(SharedInformerFactory);
    expectTypeOf(factory).toExtend<SharedInformerFactory>();
    expectTypeOf(factory.informer('v1/pods')).toEqualTypeOf<SharedInformer<Raw<V1Pod>>>();
    expectTypeOf(factory.informer('apps/v1/deployments', { namespace: 'a' })).toEqualTypeOf<
      SharedInformer<Raw<V1Deployment>>
    >();
    expectTypeOf(factory.informer('example.io/v1/widgets')).toEqualTypeOf<SharedInformer<KubernetesObject>>();
    expectTypeOf(factory.informer<Widget>('example.io/v1/widgets')).toEqualTypeOf<SharedInformer<Widget>>();
    expectTypeOf(factory.informer('v1/pods', { metadataOnly: true })).toEqualTypeOf<
      SharedInformer<PartialObjectMetadata>
    >();
    // @ts-expect-error -- no selection
    expect(() => factory.informer('v1/pods', { labels: 'a=b' })).toThrow(TypeError);
  });

  it('sends everything over one HTTP client', async () => {
    const server = await apiServer({ resources: { 'example.io/v1/widgets': {} } });
    onTestFinished(() => server.stop({ how: 'reset' }));
    const asked: string[] = [];
    const kubeConfig = kubeConfigOf(server.url);
    const factory = informerFactory(kubeConfig, {
      http(request) {
        asked.push(request.path.replace(/\?.*/, ''));
        return kubeHttpClient(kubeConfig)(request);
      },
    });
    onTestFinished(() => factory.shutdown());
    factory.informer('v1/pods');
    factory.informer('example.io/v1/widgets', { namespace: 'a' });
    await factory.waitForCacheSync();
    expect(asked.sort()).toEqual(['/api/v1/pods', '/apis/example.io/v1/namespaces/a/widgets']);
  });

  it('gives its options to all informers', async () => {
    const { server, factory } = await served({ transform: dropManagedFields, streaming: false });
    put(server, 'a', { managedFields: [{ manager: 'm' }] });
    const informer = factory.informer('v1/configmaps');
    factory.connect();
    await factory.waitForCacheSync();
    expect(informer.snapshot$.value.getByKey('default/a')?.metadata).not.toHaveProperty('managedFields');
    expect(server.requests.map(({ verb }) => verb)).toContain('list');
  });

  it('asks for metadata alone, in the list and in the watch', async () => {
    const { server, factory } = await served();
    put(server, 'a');
    const informer = factory.informer('v1/configmaps', { metadataOnly: true });
    const subscription = informer.connect();
    onTestFinished(() => subscription.unsubscribe());
    await informer.whenSynced();
    put(server, 'b');
    await eventually(() => expect(informer.snapshot$.value.size).toBe(2));
    for (const object of informer.snapshot$.value.list()) {
      expect(object).toMatchObject({ apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata' });
      expect(object).not.toHaveProperty('data');
    }
  });

  it('leaves nothing open when it is shut down, and makes no more informers', async () => {
    const { server, factory } = await served();
    put(server, 'a');
    const informers = [
      factory.informer('v1/configmaps'),
      factory.informer('v1/pods'),
      factory.informer('v1/secrets', { namespace: 'a' }),
    ];
    let completed = 0;
    for (const { hasSynced$ } of informers) hasSynced$.subscribe({ complete: () => (completed += 1) });
    factory.connect();
    await factory.waitForCacheSync();
    expect(server.openStreams).toBe(3);
    factory.shutdown();
    expect(completed).toBe(3);
    await eventually(() => expect(server.openStreams).toBe(0));
    const { length } = server.requests;
    put(server, 'b');
    expect(informers[0]?.snapshot$.value.size).toBe(1);
    expect(informers.map(({ status$ }) => status$.value.phase)).toEqual(['stopped', 'stopped', 'stopped']);
    expect(() => factory.informer('v1/pods')).toThrow('the factory is shut down');
    factory.shutdown();
    expect(server.requests).toHaveLength(length);
  });

  it('ends its informers with the signal that it was given', async () => {
    const abort = new AbortController();
    const { server, factory } = await served({ signal: abort.signal });
    factory.informer('v1/configmaps');
    factory.connect();
    await factory.waitForCacheSync();
    abort.abort();
    await eventually(() => expect(server.openStreams).toBe(0));
  });

  it('refuses what names no resource, and keeps nothing of it', () => {
    const factory = offline();
    expect(() => factory.informer('pods')).toThrow(ResourceSyntaxError);
    expect(() => factory.informer('/api/v1/pods')).toThrow(ResourceSyntaxError);
    expect(factory.informers()).toEqual([]);
  });

  it.each(['maxFrameBytes', 'maxItemBytes'])('refuses a %s that is not a limit', (name) => {
    expect(() => offline({ [name]: 0 }).informer('v1/pods')).toThrow(`${name} is 0; it takes a number of bytes`);
  });
});
