import { expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import { parseResource, resourcePath } from 'kuberx/http';
import { listWatch, resourceClient } from 'kuberx/client-node';
import { answerOf } from './answer-of.ts';
import { kindOf } from './kind-of.ts';
import { rawRequest } from './raw-request.ts';
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
