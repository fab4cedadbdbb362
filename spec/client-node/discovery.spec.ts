import { firstValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { sharedInformer } from 'kuberx';
import { discovery, listWatch } from 'kuberx/client-node';
import { apiServer } from 'kuberx/testing/apiserver';
import { kubeConfigOf } from './kube-config-of.ts';

describe('discovery of a KubeConfig', () => {
  it('finds the resource behind a name', async () => {
    await using server = await apiServer();
    const apis = discovery(kubeConfigOf(server.url));
    expect(await apis.resource('cj')).toMatchObject({ name: 'batch/v1/cronjobs', kind: 'CronJob', namespaced: true });
  });

  it('is told by an informer of definitions that something is served anew', async () => {
    await using server = await apiServer();
    const kubeConfig = kubeConfigOf(server.url);
    const apis = discovery(kubeConfig);
    const definitions = sharedInformer(listWatch(kubeConfig, 'apiextensions.k8s.io/v1/customresourcedefinitions'));
    const emitted = firstValueFrom(apis.refreshOn(definitions.commits$).pipe(take(2), toArray()));
    await definitions.whenSynced();
    const metadata = { name: 'widgets.example.com' };
    const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' };
    const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } };
    const spec = { group: 'example.com', scope: 'Namespaced', names, versions: [version] };
    server.create('apiextensions.k8s.io/v1/customresourcedefinitions', { metadata, spec });
    const [before, after] = await emitted;
    expect(before?.failures).toEqual([]);
    expect(after?.resources.length).toBeGreaterThanOrEqual(before?.resources.length ?? Infinity);
    expect(server.requests.filter(({ path }) => path === '/apis').length).toBeGreaterThan(1);
  });
});
