import { describe, expect, it } from 'vitest';
import { seconds } from 'kuberx';
import { pageOf } from '#src/react/kube-page.ts';
import { pod, type Pod, World, worlds } from './a-world.ts';

const aWorld = worlds(() => new World());

describe('KubeView', () => {
  it('has the same value for as long as nothing changes', async () => {
    const world = aWorld();
    world.server.create('v1/pods', pod('web-0'));
    const { shown } = pageOf(world.factory).source<Pod>('v1/pods', {}).view({});
    expect(shown.value).toBe(shown.value);
    expect(shown.value).toMatchObject({ ready: false, denied: [], status: { phase: 'idle' } });
    const release = shown.onChange(() => undefined);
    await world.pass(100);
    const { value } = shown;
    expect(value).toMatchObject({ ready: true, status: { phase: 'watching', synced: true } });
    expect(value.rows.length).toBe(1);
    await world.pass(seconds(20));
    expect(shown.value).toBe(value);
    release();
  });

  it('shows the namespaces that are allowed, names the one that is denied, and lets it come back', async () => {
    const world = aWorld();
    for (const namespace of ['blue', 'green']) world.server.create('v1/pods', pod('web-0', 'Running', namespace));
    const allow = world.server.intercept(({ namespace }) => (namespace === 'green' ? { code: 403 } : undefined));
    const { shown } = pageOf(world.factory)
      .source<Pod>('v1/pods', { namespaces: ['blue', 'green'] })
      .view({});
    const release = shown.onChange(() => undefined);
    await world.pass(500);
    expect(shown.value).toMatchObject({ ready: true, denied: ['green'], status: { phase: 'watching', attempt: 0 } });
    expect([...shown.value.rows].map(({ metadata }) => metadata.namespace)).toEqual(['blue']);
    allow();
    await world.pass(seconds(120));
    expect(shown.value).toMatchObject({ ready: true, denied: [] });
    expect(shown.value.rows.length).toBe(2);
    release();
  });

  it('is ready without rows where no namespaces are asked for', () => {
    const { shown } = pageOf(aWorld().factory).source<Pod>('v1/pods', { namespaces: [] }).view({});
    expect(shown.value).toMatchObject({ ready: true, rows: { length: 0 }, status: { synced: true } });
  });

  it('is not ready while more than 2,000 rows are those of before it was let go', async () => {
    const world = aWorld();
    for (let index = 0; index < 2100; index++) world.server.create('v1/pods', pod(`web-${index}`));
    const source = pageOf(world.factory).source<Pod>('v1/pods', {});
    const { shown } = source.view({ where: () => true });
    shown.onChange(() => undefined)();
    const held = source.hold();
    const release = shown.onChange(() => undefined);
    await world.pass(500);
    expect(shown.value).toMatchObject({ ready: true, rows: { length: 2100 } });
    release();
    await world.pass(seconds(2));
    await world.change((server) => server.create('v1/pods', pod('late')));
    expect(shown.value).toMatchObject({ ready: false, rows: { length: 2100 } });
    const again = shown.onChange(() => undefined);
    await world.pass(500);
    expect(shown.value).toMatchObject({ ready: true, rows: { length: 2101 } });
    again();
    held.unsubscribe();
  });
});
