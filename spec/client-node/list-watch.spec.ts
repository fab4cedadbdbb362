import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { firstValueFrom, type Observable, take, toArray } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AwaitableListerWatcher, KubernetesObject, PartialObjectMetadata } from 'kuberx';
import { listWatch, listWatchFromClient, restClient } from 'kuberx/client-node';
import type { Raw } from '#src/protocol/objects/raw.ts';
import { httpServer, type TestServer } from '../rest/servers.ts';
import { kubeConfigOf } from './kube-config-of.ts';

const widget = { apiVersion: 'example.io/v1', kind: 'Widget', metadata: { name: 'w', uid: 'u', resourceVersion: '3' } };

const pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'p', namespace: 'default', uid: 'u', resourceVersion: '3' },
};

async function apiServer(): Promise<TestServer & { asked: string[] }> {
  const asked: string[] = [];
  const server = await httpServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    asked.push(`${url.pathname}${decodeURIComponent(url.search)}`);
    if (url.searchParams.has('watch')) response.end(`${JSON.stringify({ type: 'ADDED', object: pod })}\n`);
    else if (url.pathname.endsWith('widgets'))
      response.end(JSON.stringify({ metadata: { resourceVersion: '7' }, items: [widget] }));
    else response.writeHead(403).end(JSON.stringify({ kind: 'Status', message: 'no', reason: 'Forbidden', code: 403 }));
  });
  return { ...server, asked };
}

const all = <T>(source$: Observable<T>): Promise<T[]> =>
  firstValueFrom(source$.pipe(take(100), toArray()), { defaultValue: [] });

describe('listWatch', () => {
  it('lists, watches and fails over a real connection', async () => {
    const server = await apiServer();
    const kubeConfig = kubeConfigOf(server.url);
    const widgets = listWatch(kubeConfig, 'example.io/v1/widgets', { labelSelector: 'a=b' });
    expect(await all(widgets.list({ limit: 5 }))).toEqual([{ items: [widget], resourceVersion: '7' }]);
    const pods = listWatch(kubeConfig, 'v1/pods', { namespace: 'default', fieldSelector: 'spec.nodeName=n' });
    expect(pods.resource).toBe('v1/pods in default');
    expect(await all(pods.watch({ resourceVersion: '2' }))).toEqual([
      { type: 'OPEN' },
      { type: 'ADDED', object: pod, resourceVersion: '3' },
    ]);
    await expect(all(pods.list({}))).rejects.toMatchObject({ reason: 'Forbidden', message: 'v1/pods in default: no' });
    expect(server.asked).toEqual([
      '/apis/example.io/v1/widgets?labelSelector=a=b&limit=5',
      '/api/v1/namespaces/default/pods?watch=true&fieldSelector=spec.nodeName=n&resourceVersion=2',
      '/api/v1/namespaces/default/pods?fieldSelector=spec.nodeName=n',
    ]);
  });

  it('is typed by the resource, or by a type argument', () => {
    const kubeConfig = kubeConfigOf('http://127.0.0.1:1');
    interface Widget extends KubernetesObject {
      readonly spec: { readonly size: number };
    }
    expectTypeOf(listWatch(kubeConfig, 'v1/pods')).toEqualTypeOf<AwaitableListerWatcher<Raw<V1Pod>>>();
    expectTypeOf(listWatch(kubeConfig, 'apps/v1/deployments')).toEqualTypeOf<
      AwaitableListerWatcher<Raw<V1Deployment>>
    >();
    expectTypeOf(listWatch<Widget>(kubeConfig, 'example.io/v1/widgets')).toEqualTypeOf<
      AwaitableListerWatcher<Raw<Widget>>
    >();
    expectTypeOf<Raw<Widget>>().toExtend<Widget>();
    expectTypeOf(listWatch(kubeConfig, 'example.io/v1/widgets')).toExtend<AwaitableListerWatcher<KubernetesObject>>();
    expectTypeOf(listWatch(kubeConfig, 'v1/pods', { metadataOnly: true })).toEqualTypeOf<
      AwaitableListerWatcher<PartialObjectMetadata>
    >();
  });

  it('refuses a text that names no resource', () => {
    expect(() => listWatch(kubeConfigOf('http://127.0.0.1:1'), 'pods')).toThrow(
      '"pods" names no resource: it has no version',
    );
  });
});

describe('listWatchFromClient', () => {
  it('watches a resource of a client, in a namespace, by a field selector', async () => {
    const server = await apiServer();
    const client = restClient(kubeConfigOf(server.url), 'v1');
    const pods = listWatchFromClient(client, 'pods', 'default', 'metadata.name=p');
    expectTypeOf(pods).toEqualTypeOf<AwaitableListerWatcher<Raw<V1Pod>>>();
    expect(await all(pods.watch({}))).toHaveLength(2);
    await expect(all(listWatchFromClient(client, 'pods').list({}))).rejects.toMatchObject({ reason: 'Forbidden' });
    expect(server.asked).toEqual([
      '/api/v1/namespaces/default/pods?watch=true&fieldSelector=metadata.name=p',
      '/api/v1/pods',
    ]);
  });
});
