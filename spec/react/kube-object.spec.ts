import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { pageOf } from '#src/react/kube-page.ts';
import { pod, type Pod, World, worlds } from './a-world.ts';

const aWorld = worlds(() => new World());

describe('KubeObject', () => {
  it('is unknown, present, deleted with its last state, and present again', async () => {
    const world = aWorld();
    world.server.create('v1/pods', pod('web-0'));
    const { shown } = pageOf(world.factory).source<Pod>('v1/pods', {}).object('default/web-0');
    expect(shown.value).toMatchObject({ presence: 'unknown', object: undefined });
    const release = shown.onChange(() => undefined);
    await world.pass(100);
    expect(shown.value).toMatchObject({ presence: 'present', object: { status: { phase: 'Running' } } });
    await world.change((server) => server.delete('v1/pods', 'default/web-0'));
    expect(shown.value).toMatchObject({ presence: 'deleted', finalStateUnknown: false });
    expect(shown.value.object?.metadata.name).toBe('web-0');
    await world.change((server) => server.create('v1/pods', pod('web-0', 'Pending')));
    expect(shown.value).toMatchObject({ presence: 'present', object: { status: { phase: 'Pending' } } });
    release();
  });

  it('is absent where a complete state is without it', async () => {
    const world = aWorld();
    const { shown } = pageOf(world.factory).source<Pod>('v1/pods', {}).object('default/none');
    const release = shown.onChange(() => undefined);
    await world.pass(100);
    expect(shown.value).toMatchObject({ presence: 'absent', object: undefined });
    release();
  });

  it('says that the final state is unknown where the deletion was missed', async () => {
    const world = aWorld();
    world.server.create('v1/pods', pod('web-0'));
    const { shown } = pageOf(world.factory).source<Pod>('v1/pods', {}).object('default/web-0');
    const release = shown.onChange(() => undefined);
    await world.pass(100);
    await world.server.stop();
    world.server.delete('v1/pods', 'default/web-0');
    world.server.compact();
    await world.server.start();
    await world.pass(seconds(60));
    expect(shown.value).toMatchObject({ presence: 'deleted', finalStateUnknown: true });
    release();
  });

  it('does not change when others do, and watches nothing without a key', async () => {
    const world = aWorld();
    world.server.create('v1/pods', pod('web-0'));
    const source = pageOf(world.factory).source<Pod>('v1/pods', {});
    const { shown: none$ } = source.object(undefined);
    const noneHeld = none$.onChange(() => undefined);
    await world.pass(100);
    expect(none$.value.presence).toBe('unknown');
    expect(world.server.requests).toEqual([]);
    noneHeld();
    const { shown } = source.object('default/web-0');
    let changes = 0;
    const release = shown.onChange(() => changes++);
    await world.pass(100);
    changes = 0;
    for (let index = 0; index < 5; index++)
      await world.change((server) => server.create('v1/pods', pod(`db-${index}`)));
    expect(changes).toBe(0);
    release();
  });
});
