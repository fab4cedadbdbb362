import { describe, expect, it } from 'vitest';
import { mergeInformers, sharedInformer, store } from 'kuberx';
import { fakeListerWatcher } from 'kuberx/testing';
import { partsOf, type ViewSource } from '#src/views/view-source.ts';
import type { Item } from './items.ts';

describe('partsOf', () => {
  const informer = sharedInformer(fakeListerWatcher<Item>([]));

  it('returns one part for an informer and a store, and the parts of merged informers', () => {
    const cache = store<Item>();
    expect([...partsOf('view', informer)]).toEqual([['', informer]]);
    expect([...partsOf('view', cache)]).toEqual([['', cache]]);
    const { parts } = mergeInformers({ blue: informer, green: informer });
    expect(partsOf('view', { parts })).toBe(parts);
  });

  it.each([undefined, null, 5, [], {}, { parts: new Map([['a', {}]]) }, { snapshot$: {}, commits$: {} }])(
    'refuses %j',
    (given) => {
      expect(() => partsOf('view', given as unknown as ViewSource<Item>)).toThrow(
        'view reads an informer, merged informers or a store: an object with snapshot$ and commits$',
      );
    },
  );
});
