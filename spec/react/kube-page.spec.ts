import { config } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { hydrationOf } from '#src/react/hydration.ts';
import { pageOf } from '#src/react/kube-page.ts';
import { pod, World, worlds } from './a-world.ts';

const aWorld = worlds(() => new World());

describe('pageOf', () => {
  it('returns the same page for the same factory', () => {
    const { factory } = aWorld();
    expect(pageOf(factory)).toBe(pageOf(factory));
    expect(pageOf(factory)).not.toBe(pageOf(aWorld().factory));
  });
});

describe('KubePage', () => {
  it('has one source for equal scopes, whatever order they are written in', () => {
    const page = pageOf(aWorld().factory);
    const source = page.source('v1/pods', { namespaces: ['a', 'b'] });
    expect(page.source('v1/pods', { namespaces: ['b', 'a', 'b'], server: {} })).toBe(source);
    expect([...source.parts.keys()]).toEqual(['a', 'b']);
    expect(page.source('v1/pods', {})).toBe(page.source('v1/pods', { server: { labelSelector: '' } }));
    expect(page.source('v1/pods', {})).not.toBe(source);
    expect(page.source('v1/pods', { server: { labelSelector: 'app=web' } })).not.toBe(page.source('v1/pods', {}));
  });

  it.each([
    ['a text', 'default'],
    ['null', null],
    ['numbers', [1]],
  ])('refuses %s for namespaces', (_, namespaces) => {
    const page = pageOf(aWorld().factory);
    const ask = (): unknown => page.source('v1/pods', { namespaces: namespaces as never });
    expect(ask).toThrow("namespaces takes an array of texts such as ['default']");
  });

  it('watches nothing where no namespaces are given, and everything without the option', async () => {
    const world = aWorld();
    const page = pageOf(world.factory);
    const held = page.source('v1/pods', { namespaces: [] }).hold();
    await world.pass(100);
    expect(world.server.requests).toEqual([]);
    held.unsubscribe();
  });

  it('knows which sources are held, and says when that changes', async () => {
    const world = aWorld();
    const page = pageOf(world.factory);
    const source = page.source('v1/pods', {});
    let changes = 0;
    const subscription = page.heldChanged$.subscribe(() => changes++);
    expect(page.held()).toEqual([]);
    const held = source.hold();
    expect(page.held()).toEqual([source]);
    held.unsubscribe();
    await world.pass(1100);
    expect(page.held()).toEqual([]);
    expect(changes).toBe(2);
    subscription.unsubscribe();
  });

  it('lists, and reports the error, where the objects of a server are not a state to begin with', async () => {
    const world = aWorld();
    world.server.create('v1/pods', pod('web-0'));
    const errors: unknown[] = [];
    config.onUnhandledError = (error) => errors.push(error);
    const name = JSON.stringify(['v1/pods', [''], '', '']);
    const parts = [
      { namespace: '', objects: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: '' } }], resourceVersion: '5' },
    ];
    const of = { name, asOf: 1, stale: false, isLate: false, denied: [], parts };
    const source = pageOf(world.factory).source('v1/pods', {}, hydrationOf({ kuberx: 1, sources: [of], left: [] }));
    const held = source.hold();
    await world.pass(200);
    config.onUnhandledError = null;
    expect(errors).toEqual([expect.objectContaining({ name: 'SeedError' })]);
    expect(source.state.value.status).toMatchObject({ synced: true, phase: 'watching' });
    held.unsubscribe();
  });
});
