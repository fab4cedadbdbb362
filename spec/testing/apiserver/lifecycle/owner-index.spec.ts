import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from 'kuberx';
import { Collections } from '#src/testing/apiserver/objects/collections.ts';
import { OwnerIndex } from '#src/testing/apiserver/lifecycle/owner-index.ts';

/** Collections whose uids are u1, u2 and so on, and their index. */
function indexed() {
  let uids = 0;
  const collections = new Collections({
    origin: { timestamp: () => 't', uid: () => `u${++uids}`, random: () => 0 },
    resources: { 'ex.io/v1/widgets': {} },
  });
  const maps = collections.of({ group: '', version: 'v1', plural: 'configmaps' });
  const widgets = collections.of({ group: 'ex.io', version: 'v1', plural: 'widgets' });
  const owned = (name: string, ...owners: readonly string[]) => ({
    kind: 'Widget',
    metadata: {
      name,
      ownerReferences: owners.map((uid) => ({ apiVersion: 'v1', kind: 'ConfigMap', name: uid, uid })),
    },
  });
  const index = new OwnerIndex(collections);
  return { collections, maps, widgets, index, owned };
}

const names = (stored: readonly { readonly object: KubernetesObject }[]) =>
  stored.map(({ object }) => object.metadata.name);

describe('OwnerIndex', () => {
  it('finds objects of any resource by their uids, and by those of their owners', () => {
    const { maps, widgets, index, owned } = indexed();
    maps.create('x', { metadata: { name: 'a' } });
    index.start();
    widgets.create('x', owned('b', 'u1'));
    widgets.create('y', owned('c', 'u1', 'u2'));
    expect(index.find('u1')).toMatchObject({ collection: maps, object: { metadata: { name: 'a' } } });
    expect(index.find('u3')?.collection).toBe(widgets);
    expect(index.find('nobody')).toBeUndefined();
    expect([names(index.ownedBy('u1')), names(index.ownedBy('u2')), names(index.ownedBy('u3'))]).toEqual([
      ['b', 'c'],
      ['c'],
      [],
    ]);
  });

  it('follows owners that change, and objects that go', () => {
    const { widgets, index, owned } = indexed();
    index.start();
    widgets.create('x', owned('b', 'u7'));
    widgets.update('x', 'b', () => owned('b', 'u8'));
    expect([names(index.ownedBy('u7')), names(index.ownedBy('u8'))]).toEqual([[], ['b']]);
    widgets.delete('x', 'b');
    expect([index.find('u1'), index.ownedBy('u8')]).toEqual([undefined, []]);
    widgets.create('x', owned('b', 'u8'));
    expect(index.find('u2')?.object.metadata.name).toBe('b');
  });

  it('starts anew where everything was replaced', () => {
    const { collections, widgets, index, owned } = indexed();
    index.start();
    widgets.create('x', owned('b', 'u7'));
    const backup = collections.backUp();
    widgets.delete('x', 'b');
    widgets.create('x', owned('c', 'u7'));
    collections.restore(backup);
    expect(names(index.ownedBy('u7'))).toEqual(['b']);
    expect(index.find('u2')).toBeUndefined();
  });

  it('follows nothing once it is stopped', () => {
    const { widgets, index, owned } = indexed();
    index.start().unsubscribe();
    widgets.create('x', owned('b', 'u7'));
    expect(index.ownedBy('u7')).toEqual([]);
  });
});
