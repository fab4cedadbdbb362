import { expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import { parseResource, resourcePath } from 'kuberx/http';
import { listWatch, resourceClient } from 'kuberx/client-node';
import { answerOf } from './answer-of.ts';
import { kindOf } from './kind-of.ts';
import { eventually } from '../eventually.ts';
import { rawRequest, rawSuccess } from './raw-request.ts';
import { Scene } from './scene.ts';
import { customGroup, type Subject } from './server.ts';

interface Widget extends KubernetesObject {
  readonly spec?: { readonly text: string };
}

/** A custom resource and what is written of it. */
function widgets(scene: Scene, plural: string) {
  const resource = `${customGroup}/v1/${plural}`;
  const client = resourceClient<Widget>(scene.kubeConfig, resource);
  const { namespace } = scene;
  return {
    resource,
    listerWatcher: listWatch<Widget>(scene.kubeConfig, resource, { namespace }),
    create: (name: string, text: string) =>
      answerOf(
        client.create({
          apiVersion: `${customGroup}/v1`,
          kind: kindOf(plural),
          metadata: { name, namespace },
          spec: { text },
        }),
      ),
    change: (name: string, text: string) =>
      answerOf(client.patch({ name, namespace }, { type: 'merge', body: { spec: { text } } })),
    delete: (name: string) => answerOf(client.delete({ name, namespace })),
  };
}

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A definition with the parts status and scale, which is made and deleted by its spec alone. */
function scalable(plural: string): object {
  const replicas = { type: 'object', properties: { replicas: { type: 'integer' }, color: { type: 'string' } } };
  const openAPIV3Schema = { type: 'object', properties: { spec: replicas, status: replicas } };
  const scale = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };
  const version = {
    name: 'v1',
    served: true,
    storage: true,
    schema: { openAPIV3Schema },
    subresources: { status: {}, scale },
    selectableFields: [{ jsonPath: '.spec.color' }],
  };
  const names = { plural, kind: kindOf(plural), shortNames: [`${plural}x`], categories: ['all'] };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${customGroup}` },
    spec: { group: customGroup, scope: 'Namespaced', names, versions: [version] },
  };
}

/** Resources that come and go, and objects as large as they get. */
export function customResourceSpecs(subject: Subject): void {
  it('reflects a custom resource, its deletion, and its second life', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.server.define('gadgets');
    const gadgets = widgets(scene, 'gadgets');
    const first = await gadgets.create('a', 'one');
    await gadgets.create('b', 'one');
    const reflection = scene.reflect(gadgets.listerWatcher, { watchTimeout: { min: 2000, max: 2000 } });
    await reflection.synced();
    await gadgets.change('b', 'two');
    await scene.agreement(reflection, {}, gadgets.resource);

    // Between two watches nobody would be told of the deletions, before the resource has come again.
    await reflection.watchOpens();
    await scene.server.undefine('gadgets');
    const path = resourcePath(parseResource(gadgets.resource), scene.namespace);
    expect(await rawRequest(scene.kubeConfig, 'GET', path)).toEqual({ status: 404, body: '404 page not found\n' });
    await reflection.state(({ size }) => size === 0);
    await reflection.interruption(({ error }) => error.reason === 'NotFound');

    await scene.server.define('gadgets');
    const second = await gadgets.create('a', 'again');
    await gadgets.create('c', 'again');
    await reflection.holds(scene.key('a'), ({ metadata }) => metadata.uid === second.metadata.uid);
    await scene.agreement(reflection, {}, gadgets.resource);
    const uids = reflection.changes
      .filter(({ object }) => object.metadata.name === 'a')
      .map(({ type, object }) => [type, object.metadata.uid]);
    expect(uids).toEqual([
      ['added', first.metadata.uid],
      ['deleted', first.metadata.uid],
      ['added', second.metadata.uid],
    ]);
  });

  it('serves what is defined, with its parts and short names, until the definition is deleted', async (test) => {
    const scene = await Scene.of(subject, test);
    const { kubeConfig, namespace } = scene;
    const plural = 'scalables';
    const name = `${plural}.${customGroup}`;
    const created = await rawSuccess(kubeConfig, 'POST', definitions, { body: scalable(plural) });
    const names = { plural, singular: 'scalable', kind: 'Scalable', listKind: 'ScalableList' };
    expect(created).toMatchObject({ spec: { names, conversion: { strategy: 'None' } } });
    const conditions = async () =>
      ((await rawSuccess(kubeConfig, 'GET', `${definitions}/${name}`)) as { status: { conditions: unknown } }).status;
    const established = { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' };
    await eventually(async () => {
      expect(await conditions()).toMatchObject({
        acceptedNames: names,
        storedVersions: ['v1'],
        conditions: [{ type: 'NamesAccepted', status: 'True', reason: 'NoConflicts' }, established],
      });
    });
    const path = `/apis/${customGroup}/v1/namespaces/${namespace}/${plural}`;
    await eventually(async () => expect((await rawRequest(kubeConfig, 'GET', path)).status).toBe(200));
    await eventually(async () => {
      const { resources } = (await rawSuccess(kubeConfig, 'GET', `/apis/${customGroup}/v1`)) as {
        readonly resources: readonly { readonly name: string }[];
      };
      expect(resources.filter((each) => each.name.startsWith(plural))).toEqual([
        {
          name: plural,
          singularName: 'scalable',
          namespaced: true,
          kind: 'Scalable',
          verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
          shortNames: [`${plural}x`],
          categories: ['all'],
          storageVersionHash: expect.any(String) as string,
        },
        {
          name: `${plural}/status`,
          singularName: '',
          namespaced: true,
          kind: 'Scalable',
          verbs: ['get', 'patch', 'update'],
        },
        {
          name: `${plural}/scale`,
          singularName: '',
          namespaced: true,
          group: 'autoscaling',
          version: 'v1',
          kind: 'Scale',
          verbs: ['get', 'patch', 'update'],
        },
      ]);
    });
    const apiVersion = `${customGroup}/v1`;
    const object = { apiVersion, kind: 'Scalable', metadata: { name: 'a' }, spec: { replicas: 1, color: 'red' } };
    await rawSuccess(kubeConfig, 'POST', path, { body: { ...object, status: { replicas: 7 } } });
    const merge = (body: object) => ({ body, contentType: 'application/merge-patch+json' });
    const scaled = await rawSuccess(kubeConfig, 'PATCH', `${path}/a/scale`, merge({ spec: { replicas: 3 } }));
    expect(scaled).toMatchObject({ kind: 'Scale', spec: { replicas: 3 }, status: { replicas: 0 } });
    const status = merge({ spec: { replicas: 9 }, status: { replicas: 2 } });
    expect(await rawSuccess(kubeConfig, 'PATCH', `${path}/a/status`, status)).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
      status: { replicas: 2 },
    });
    const selected = async (color: string) =>
      ((await rawSuccess(kubeConfig, 'GET', `${path}?fieldSelector=spec.color%3D${color}`)) as { items: unknown[] })
        .items;
    expect([(await selected('red')).length, (await selected('blue')).length]).toEqual([1, 0]);

    await rawSuccess(kubeConfig, 'DELETE', `${definitions}/${name}`);
    await eventually(async () => {
      expect((await rawRequest(kubeConfig, 'GET', `${definitions}/${name}`)).status).toBe(404);
      expect(await rawRequest(kubeConfig, 'GET', path)).toEqual({ status: 404, body: '404 page not found\n' });
    });
  });

  it('refuses a definition under another name than that of its resource', async (test) => {
    const { kubeConfig } = await Scene.of(subject, test);
    const body = { ...scalable('others'), metadata: { name: `another.${customGroup}` } };
    const answer = await rawRequest(kubeConfig, 'POST', definitions, { body });
    expect(answer).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
    expect(JSON.stringify(answer.body)).toContain('must be spec.names.plural+\\".\\"+spec.group');
  });

  it('reflects an object of 1.4 MB', async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.server.define('boulders');
    const boulders = widgets(scene, 'boulders');
    const text = (character: string) => character.repeat(1_400_000);
    await boulders.create('a', text('a'));
    const [streamed, paged] = [true, false].map((streaming) =>
      scene.reflect(boulders.listerWatcher, { streaming, pageSize: 1 }),
    ) as [ReturnType<typeof scene.reflect<Widget>>, ReturnType<typeof scene.reflect<Widget>>];
    await Promise.all([streamed.synced(), paged.synced()]);
    await boulders.create('b', text('b'));
    // Several bytes for each character: frames are cut within them.
    await boulders.change('a', '\u00e9'.repeat(700_000));
    await boulders.delete('b');
    await boulders.create('c', text('c'));
    for (const reflection of [streamed, paged]) {
      await scene.agreement(reflection, {}, boulders.resource);
      expect(reflection.interruptions).toEqual([]);
    }
  });
}
