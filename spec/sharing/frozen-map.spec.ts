import { describe, expect, it } from 'vitest';
import { emptySnapshot, type KubernetesObject, reduceSnapshot } from 'kuberx';
import { buildObject } from 'kuberx/testing';
import { frozenMap } from '#src/sharing/frozen-map.ts';

describe('frozenMap', () => {
  const map = frozenMap([
    ['a', 1],
    ['b', 2],
  ]);
  const open = map as Map<string, number>;

  it('reads as the map of its entries', () => {
    expect(map).toBeInstanceOf(Map);
    expect([...map]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(map.get('b')).toBe(2);
    expect(map).toEqual(new Map(map));
    expect(Object.keys(map)).toEqual([]);
  });

  it.each([
    ['set', () => open.set('c', 3)],
    ['delete', () => open.delete('a')],
    ['clear', () => open.clear()],
  ])('refuses %s', (name, change) => {
    expect(change).toThrow(`Cannot ${name} in a read-only map`);
    expect(map.size).toBe(2);
  });

  it('has copies that can be changed', () => {
    expect(new Map(map).set('c', 3).size).toBe(3);
  });
});

it('the indexes of a snapshot are out of reach', () => {
  const empty = emptySnapshot<KubernetesObject, 'name'>({ indexers: { name: ({ metadata }) => [metadata.name] } });
  const snapshot = reduceSnapshot(empty, {
    type: 'Added',
    object: buildObject('default/a', '1'),
    resourceVersion: '1',
  });
  const { contents } = snapshot as unknown as { readonly contents: { readonly indexes?: Map<string, unknown> } };
  contents.indexes?.clear();
  expect(snapshot.byIndex('name', 'a')).toHaveLength(1);
});
