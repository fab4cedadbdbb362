import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { pageOf } from '#src/react/kube-page.ts';
import type { KubeSource } from '#src/react/kube-source.ts';
import { pod, type Pod, World, worlds } from './a-world.ts';

const aWorld = worlds(() => new World());

const byName = { key: (each: Pod): string => each.metadata.name };

function podsOf(world: World): KubeSource<Pod> {
  return pageOf(world.factory).source<Pod>('v1/pods', {});
}

describe('KubeSource', () => {
  it('stays open for a second after the last holder, so that a remount sends nothing', async () => {
    const world = aWorld();
    const pods = podsOf(world);
    for (let time = 0; time < 20; time++) {
      const held = pods.hold();
      await world.pass(50);
      held.unsubscribe();
      await world.pass(400);
    }
    expect(world.lists).toBe(1);
    expect(world.server.openStreams).toBe(1);
    await world.pass(seconds(1));
    expect(world.server.openStreams).toBe(0);
  });

  it('has one view for equal options', () => {
    const pods = podsOf(aWorld());
    const where = (): boolean => true;
    const view = pods.view({ where, orderBy: [byName], labelSelector: 'app=web' });
    expect(pods.view({ where, orderBy: [{ ...byName, desc: false }], labelSelector: 'app=web' })).toBe(view);
    expect(pods.view({ where, orderBy: [{ ...byName, desc: true }], labelSelector: 'app=web' })).not.toBe(view);
    expect(pods.view({ where: () => true, orderBy: [byName], labelSelector: 'app=web' })).not.toBe(view);
    expect(pods.view({})).toBe(pods.view({ orderBy: [] }));
  });

  it('has one object for a key', () => {
    const pods = podsOf(aWorld());
    expect(pods.object('default/a')).toBe(pods.object('default/a'));
    expect(pods.object('default/a')).not.toBe(pods.object('default/b'));
  });

  it('sorts once, however many filters follow each other', async () => {
    const world = aWorld();
    for (let index = 0; index < 50; index++) world.server.create('v1/pods', pod(`web-${index}`));
    let keys = 0;
    const counted = {
      key: (each: Pod): string => {
        keys++;
        return each.metadata.name;
      },
    };
    const pods = podsOf(world);
    for (const text of ['w', 'we', 'web', 'web-', 'web-1', 'web-11']) {
      const view = pods.view({ where: ({ metadata }) => metadata.name.includes(text), orderBy: [counted] });
      const release = view.shown.onChange(() => undefined);
      await world.pass(100);
      expect(view.shown.value.rows.length).toBe(text === 'web-1' ? 11 : text === 'web-11' ? 1 : 50);
      release();
    }
    expect(keys).toBeLessThan(60);
  });
});
