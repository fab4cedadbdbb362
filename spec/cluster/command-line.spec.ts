import { KubeConfig } from '@kubernetes/client-node';
import { lastValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import { discovery, kubeHttpClient, loadKubeConfig, resourceClient } from 'kuberx/client-node';
import { age } from '../../cli/age.ts';
import { podColumns } from '../../cli/pod-columns.ts';
import { builtInByName, builtInWords } from '#src/protocol/objects/built-in-names.ts';
import { resolveResource } from '../../cli/resource/resolve-resource.ts';
import { wantedResource } from '../../cli/resource/wanted-resource.ts';
import type { HttpClient } from '#src/transport/request/http-client.ts';
import { readBody } from '#src/transport/decode/read-body.ts';
import { GoMissing } from '../../scripts/controlplane/binaries.ts';
import { startControlPlane } from '../../scripts/controlplane/control-plane.ts';
import { deletedPodSamples, type PodSample, podSamples } from '../cli/pod-samples.ts';
import { eventually } from '../eventually.ts';

const controlPlane = await startControlPlane().catch((error: unknown) => {
  if (error instanceof GoMissing) return undefined;
  throw error;
});

afterAll(() => controlPlane?.stop());

interface ApiResource {
  readonly name: string;
  readonly singularName: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames?: readonly string[];
  readonly verbs: readonly string[];
}

async function get(http: HttpClient, path: string, accept = 'application/json'): Promise<unknown> {
  const events$ = http({ resource: path, method: 'GET', path, headers: { accept } });
  return JSON.parse(await lastValueFrom(events$.pipe(readBody(path)))) as unknown;
}

describe.skipIf(controlPlane === undefined)('the command line on a real server', () => {
  const kubeConfig = controlPlane === undefined ? new KubeConfig() : loadKubeConfig(controlPlane.kubeconfig);
  const client = (): HttpClient => kubeHttpClient(kubeConfig);

  it('knows all built-in resources that can be watched, by all their names', async () => {
    const { groups } = (await get(client(), '/apis')) as { groups: { versions: { groupVersion: string }[] }[] };
    const versions = groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion));
    for (const apiVersion of ['v1', ...versions]) {
      const path = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
      const { resources } = (await get(client(), path)) as { resources: ApiResource[] };
      for (const { name, namespaced, verbs, singularName, kind, shortNames = [] } of resources) {
        if (name.includes('/') || !verbs.includes('watch')) continue;
        const full = `${apiVersion}/${name}`;
        expect(builtInByName(full)).toEqual({ name: full, namespaced });
        const [group = '', version = ''] = apiVersion === 'v1' ? ['', 'v1'] : apiVersion.split('/');
        const suffix = group === '' ? '' : `.${version}.${group}`;
        for (const word of [name, singularName, kind, ...shortNames])
          expect({ word, means: wantedResource(`${word}${suffix}`) }).toEqual({
            word,
            means: { name: full, namespaced },
          });
      }
    }
  });

  it('means by a word what the server prefers', async () => {
    const apis = discovery(kubeConfig);
    const { resources } = await apis.all();
    for (const [word, builtIn] of builtInWords()) {
      // Alpha and beta versions are not served by default.
      if (!resources.some(({ name, verbs }) => name === builtIn.name && verbs.includes('watch'))) continue;
      const [group] = builtIn.name.split('/').slice(0, -2);
      const { name, namespaced } = await apis.resource(group === undefined ? word : `${word}.${group}`);
      expect({ word, ...builtIn }).toEqual({ word, name, namespaced });
    }
  });

  it('finds a custom resource by its names, and whether it has namespaces', async () => {
    const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', shortNames: ['wd'] };
    const schema = { openAPIV3Schema: { type: 'object' } };
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        ...{ group: 'example.com', scope: 'Cluster', names },
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
    const definitions = resourceClient(kubeConfig, 'apiextensions.k8s.io/v1/customresourcedefinitions');
    await lastValueFrom(definitions.create(definition as never));
    for (const text of [
      'widgets',
      'wd',
      'Widget',
      'wd.example.com',
      'widgets.v1.example.com',
      'example.com/v1/widgets',
    ])
      await eventually(async () => {
        const resolved$ = resolveResource(discovery(kubeConfig), wantedResource(text), 'context', 'default');
        expect(await lastValueFrom(resolved$)).toEqual({ name: 'example.com/v1/widgets' });
      });
    await expect(
      lastValueFrom(resolveResource(discovery(kubeConfig), wantedResource('gadgets'), 'all', 'default')),
    ).rejects.toThrow('the server has no resource "gadgets"');
  });

  describe('shows pods', () => {
    const pods = resourceClient(kubeConfig, 'v1/pods');
    const samples: readonly PodSample[] = [...podSamples, ...deletedPodSamples];
    const nameOf = (sample: PodSample): string => `pod-${samples.indexOf(sample)}`;
    const rows = new Map<string, readonly unknown[]>();

    const withImages = (containers: readonly object[] = []): object[] =>
      containers.map((container) => ({ image: 'registry.example/app:1', ...container }));

    beforeAll(async () => {
      for (const sample of samples) {
        const { containers, initContainers, ...rest } = sample.pod.spec as Record<string, readonly object[]>;
        const name = nameOf(sample);
        const spec = {
          ...rest,
          containers: withImages(containers),
          initContainers: withImages(initContainers),
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
        };
        const metadata = { name, namespace: 'default', finalizers: ['example.com/kept'] };
        await lastValueFrom(pods.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec } as never));
        const patch = { type: 'merge', body: { status: sample.pod.status } } as const;
        await lastValueFrom(pods.subresource('status').patch(metadata, patch));
        if (sample.pod.metadata !== undefined) await lastValueFrom(pods.delete(metadata));
      }
      const table = (await get(
        client(),
        '/api/v1/namespaces/default/pods',
        'application/json;as=Table;v=v1;g=meta.k8s.io',
      )) as { rows: { cells: unknown[] }[] };
      for (const { cells } of table.rows) rows.set(String(cells[0]), cells);
    });

    it.each(samples)('such as $name as the server does', async (sample) => {
      const name = nameOf(sample);
      const pod = (await lastValueFrom(pods.get({ name, namespace: 'default' }))) as KubernetesObject;
      const { ready, status, restarts, restartedAt } = podColumns(pod);
      expect({ ready, status, restarts, restartedAt }).toEqual({
        ready: sample.ready,
        status: sample.status,
        restarts: sample.restarts,
        restartedAt: sample.restartedAt,
      });
      const ago = restarts > 0 && restartedAt !== undefined ? ` (${age(restartedAt, Date.now())} ago)` : '';
      expect(rows.get(name)?.slice(1, 4)).toEqual([ready, status, `${restarts}${ago}`]);
    });
  });
});
