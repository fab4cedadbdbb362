import { expect, it } from 'vitest';
import { Scene } from './scene.ts';
import type { Subject } from './server.ts';

/** As many objects as a big cluster has. */
export function sizeSpecs(subject: Subject): void {
  const { manyObjects, streamingLists } = subject.capabilities;

  it(`reflects ${manyObjects.toLocaleString('en')} objects`, async (test) => {
    const scene = await Scene.of(subject, test);
    await scene.server.populate(scene.namespace, manyObjects);
    const reflections = (streamingLists ? [true, false] : [false]).map((streaming) =>
      scene.reflect(scene.configMaps(), { streaming }),
    );
    for (const reflection of reflections) expect((await reflection.synced()).size).toBe(manyObjects);
    await scene.change('many-1', { data: { k: 'changed' } });
    await scene.delete('many-2');
    await scene.create('one-more');
    for (const reflection of reflections) {
      await reflection.holds(scene.key('one-more'));
      await scene.agreement(reflection);
      expect(reflection.interruptions).toEqual([]);
      expect(reflection.replacements).toBe(1);
    }
  }, 240_000);
}
