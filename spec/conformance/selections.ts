import { expect, it } from 'vitest';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

/** Reflecting a part of a resource, or of its objects. */
export function selectionSpecs(subject: Subject): void {
  it('takes an object that leaves its label selector for deleted', async (test) => {
    const scene = await Scene.of(subject, test);
    const selection = { labelSelector: 'app=x' };
    for (const name of ['a', 'b']) await scene.create(name, { labels: { app: 'x' } });
    await scene.create('c', { labels: { app: 'y' } });
    const reflection = scene.reflect(scene.configMaps(selection));
    await reflection.synced();
    expect(reflection.keys).toEqual([scene.key('a'), scene.key('b')]);
    await scene.change('a', { labels: { app: 'y' } });
    await scene.change('c', { labels: { app: 'x' } });
    await scene.agreement(reflection, selection);
    expect(reflection.keys).toEqual([scene.key('b'), scene.key('c')]);
    const inBrief = reflection.changes.slice(2).map(({ type, object }) => `${type} ${object.metadata.name}`);
    expect(inBrief).toEqual(['deleted a', 'added c']);
    expect(reflection.changes[2]).toMatchObject({ finalStateUnknown: false });
    expect(reflection.changes[2]?.object.metadata.labels).toEqual({ app: 'x' });
    await scene.agreement(scene.reflect(scene.configMaps({ labelSelector: 'app notin (x)' })), {
      labelSelector: 'app notin (x)',
    });
  });

  it('reflects one object by a field selector, through its deletion and creation', async (test) => {
    const scene = await Scene.of(subject, test);
    const selection = { fieldSelector: 'metadata.name=a' };
    await scene.create('a');
    await scene.create('b');
    const reflection = scene.reflect(scene.configMaps(selection));
    await reflection.synced();
    await scene.delete('a');
    await scene.create('c');
    await scene.create('a', { data: { k: 'again' } });
    await reflection.holds(scene.key('a'), ({ data }) => data?.['k'] === 'again');
    await scene.agreement(reflection, selection);
    expect(reflection.changes.map(({ type }) => type)).toEqual(['added', 'deleted', 'added']);
    expect(reflection.changes[2]!.object.metadata.uid).not.toBe(reflection.changes[0]!.object.metadata.uid);
  });

  it('reflects metadata only, in the list and in the watch', async (test) => {
    const scene = await Scene.of(subject, test);
    const options = { namespace: scene.namespace, metadataOnly: true } as const;
    await scene.create('a', { data: { secret: 'word' } });
    for (const streaming of [true, false]) {
      const reflection = scene.reflect(scene.lister('v1/configmaps', options), { streaming });
      await reflection.synced();
      const name = `b-${streaming}`;
      await scene.create(name, { data: { secret: 'word' }, labels: { k: '1' } });
      await reflection.holds(scene.key(name));
      await scene.change('a', { labels: { k: String(streaming) } });
      await scene.agreement(reflection, options);
      for (const object of reflection.store.list()) {
        expect(object).toMatchObject({ apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata' });
        expect(object).not.toHaveProperty('data');
      }
    }
  });

  it('keeps namespaces apart, and reflects all of them', async (test) => {
    const scene = await Scene.of(subject, test);
    const other = await scene.server.makeNamespace();
    // Others may work on the same server, in namespaces of their own.
    const mine = { labelSelector: `scene=${scene.namespace}` };
    const content = { labels: { scene: scene.namespace } };
    await scene.create('a', content);
    const [one, all] = [scene.reflect(scene.configMaps(mine)), scene.reflect(scene.lister('v1/configmaps', mine))];
    await Promise.all([one.synced(), all.synced()]);
    await scene.create('a', content, other);
    await scene.create('b', content);
    await scene.change('a', { data: { k: '1' } });
    await scene.agreement(one, mine);
    await scene.agreement(all, { ...mine, namespace: undefined });
    expect(one.keys).toEqual([scene.key('a'), scene.key('b')]);
    expect(all.keys).toEqual([`${other}/a`, ...one.keys].sort());
  });

  it('waits in a namespace that there is none of', async (test) => {
    const scene = await Scene.of(subject, test);
    const options = { namespace: `${scene.namespace}-missing` };
    const reflection = scene.reflect(scene.lister('v1/configmaps', options));
    await reflection.synced();
    await scene.agreement(reflection, options);
    expect(reflection.interruptions).toEqual([]);
  });
}
