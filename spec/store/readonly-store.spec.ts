import { describe, expect, it } from 'vitest';
import { store as makeStore } from 'kuberx';
import { readonlyStore } from '#src/store/readonly-store.ts';
import { type Pod, pod } from './pods.ts';

const byNode = ({ spec }: Pod): string[] => [spec?.nodeName ?? ''];
const next = (stream$: unknown): void => (stream$ as { next: (value: unknown) => void }).next(undefined);

describe('readonlyStore', () => {
  const store = makeStore({ indexers: { node: byNode } });
  const face = readonlyStore(store);

  it('reads what the store holds at the moment of the call', () => {
    store.add(pod('a', { version: 1, node: 'n1' }));
    store.add(pod('b', { version: 2, node: 'n1' }));
    const a = store.getByKey('default/a')!;
    expect(face.list()).toBe(store.list());
    expect(face.listKeys().sort()).toEqual(['default/a', 'default/b']);
    expect([face.get(pod('a')), face.getByKey('default/a')]).toEqual([a, a]);
    expect(face.index('node', a)).toBe(store.byIndex('node', 'n1'));
    expect(face.byIndex('node', 'n1')).toBe(store.byIndex('node', 'n1'));
    expect(face.indexKeys('node', 'n1')).toEqual(['default/a', 'default/b']);
    expect(face.listIndexFuncValues('node')).toEqual(['n1']);
    expect(face.unindexedKeys('node')).toEqual([]);
    expect(face.getIndexers()).toEqual({ node: byNode });
    expect(face.snapshot$.value).toBe(store.snapshot$.value);
  });

  it.each(['add', 'update', 'delete', 'replace', 'transaction', 'addIndexers', 'next', 'admit'])(
    'has no %s to call, whatever its type is cast to',
    (method) => {
      expect(() => (face as never as Record<string, () => void>)[method]!()).toThrow(TypeError);
      expect(store.list()).toHaveLength(2);
    },
  );

  it('cannot be given another method', () => {
    expect(() => Object.assign(face, { getByKey: () => undefined })).toThrow(TypeError);
  });

  it('has streams that nobody can push into, as the store itself has', () => {
    for (const stream$ of [face.snapshot$, face.commits$, store.snapshot$, store.commits$]) {
      expect(() => next(stream$)).toThrow(TypeError);
      expect(stream$).not.toHaveProperty('source');
    }
  });
});
