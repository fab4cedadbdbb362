import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { describe, expectTypeOf, it } from 'vitest';
import type {
  AwaitableListerWatcher,
  KubernetesObject,
  ObjectOf,
  PartialObjectMetadata,
  Raw,
  ResourceClient,
  ResourceString,
  SharedInformer,
} from 'kuberx';
import * as clientNode from 'kuberx/client-node';
import * as http from 'kuberx/http';
import * as rest from 'kuberx/rest';

interface Widget extends KubernetesObject {
  spec: { size: number };
}

declare module 'kuberx' {
  interface ResourceTypes {
    'types.example.com/v1/widgets': Widget;
  }
}

const kubeConfig = new KubeConfig();
kubeConfig.loadFromClusterAndUser({ name: 'c', server: 'https://127.0.0.1:1', skipTLSVerify: false }, { name: 'u' });
const config = { server: 'https://10.0.0.1' };
const over: { readonly client: http.HttpClient } = { client: http.fetchHttpClient({ server: 'https://10.0.0.1' }) };

describe('ObjectOf', () => {
  it('is what the name of a built-in resource stands for, of one that was added, and any object of others', () => {
    expectTypeOf<ObjectOf<'v1/pods'>>().toEqualTypeOf<Raw<V1Pod>>();
    expectTypeOf<ObjectOf<'types.example.com/v1/widgets'>>().toEqualTypeOf<Raw<Widget>>();
    expectTypeOf<ObjectOf<'example.com/v1/gadgets'>>().toEqualTypeOf<KubernetesObject>();
  });
});

describe('ResourceString', () => {
  it('takes every text, and those that are known by name', () => {
    expectTypeOf<'v1/pods'>().toExtend<ResourceString>();
    expectTypeOf<'example.com/v1/gadgets'>().toExtend<ResourceString>();
    expectTypeOf<string>().toExtend<ResourceString>();
  });
});

describe('the entries that reach a server', () => {
  it('type listWatch alike', () => {
    expectTypeOf(clientNode.listWatch(kubeConfig, 'v1/pods')).toEqualTypeOf<AwaitableListerWatcher<Raw<V1Pod>>>();
    expectTypeOf(rest.listWatch(config, 'v1/pods')).toEqualTypeOf<AwaitableListerWatcher<Raw<V1Pod>>>();
    expectTypeOf(http.listWatch(over.client, 'v1/pods')).toEqualTypeOf<AwaitableListerWatcher<Raw<V1Pod>>>();
    const widgets = 'types.example.com/v1/widgets';
    expectTypeOf(rest.listWatch(config, widgets)).toEqualTypeOf<AwaitableListerWatcher<Raw<Widget>>>();
    expectTypeOf(http.listWatch(over.client, widgets)).toEqualTypeOf<AwaitableListerWatcher<Raw<Widget>>>();
    expectTypeOf(http.listWatch<Widget>(over.client, 'example.com/v1/others')).toEqualTypeOf<
      AwaitableListerWatcher<Raw<Widget>>
    >();
    expectTypeOf(http.listWatch(over.client, 'v1/pods', { metadataOnly: true })).toEqualTypeOf<
      AwaitableListerWatcher<PartialObjectMetadata>
    >();
  });

  it('type resourceClient alike', () => {
    expectTypeOf(clientNode.resourceClient(kubeConfig, 'v1/pods')).toEqualTypeOf<ResourceClient<Raw<V1Pod>>>();
    expectTypeOf(rest.resourceClient(config, 'v1/pods')).toEqualTypeOf<ResourceClient<Raw<V1Pod>>>();
    expectTypeOf(http.resourceClient(over.client, 'v1/pods')).toEqualTypeOf<ResourceClient<Raw<V1Pod>>>();
    expectTypeOf(http.resourceClient<Widget>(over.client, 'a.b/v1/cs')).toEqualTypeOf<ResourceClient<Raw<Widget>>>();
  });

  it('type informerFactory alike', () => {
    expectTypeOf(rest.informerFactory(config).informer('v1/pods')).toEqualTypeOf<SharedInformer<Raw<V1Pod>>>();
    expectTypeOf(http.informerFactory(over.client).informer('types.example.com/v1/widgets')).toEqualTypeOf<
      SharedInformer<Raw<Widget>>
    >();
    expectTypeOf(clientNode.informerFactory).returns.toEqualTypeOf<ReturnType<typeof rest.informerFactory>>();
    expectTypeOf(http.informerFactory).returns.toEqualTypeOf<ReturnType<typeof rest.informerFactory>>();
  });
});
