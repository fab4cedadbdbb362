import { describe, expect, it } from 'vitest';
import { sharedInformer } from 'kuberx';
import { discovery, listWatch } from 'kuberx/client-node';
import { apiServer } from 'kuberx/testing/apiserver';
import { eventually } from '../eventually.ts';
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
    const seen: boolean[] = [];
    const watching = apis.refreshOn(definitions.commits$).subscribe(({ resources }) => {
      seen.push(resources.some(({ name }) => name === 'example.com/v1/widgets'));
    });
    await definitions.whenSynced();
    await eventually(() => expect(seen[0]).toBe(false));
    const metadata = { name: 'widgets.example.com' };
    const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList', shortNames: ['wd'] };
    const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } };
    const spec = { group: 'example.com', scope: 'Cluster', names, versions: [version] };
    const type = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
    server.create('apiextensions.k8s.io/v1/customresourcedefinitions', { ...type, metadata, spec });
    await eventually(() => expect(seen.at(-1)).toBe(true));
    const requests = server.requests.length;
    expect(await apis.resource('wd')).toMatchObject({ name: 'example.com/v1/widgets', namespaced: false });
    expect(server.requests).toHaveLength(requests);
    server.delete('apiextensions.k8s.io/v1/customresourcedefinitions', 'widgets.example.com');
    await eventually(() => expect(seen.at(-1)).toBe(false));
    watching.unsubscribe();
  });
});
